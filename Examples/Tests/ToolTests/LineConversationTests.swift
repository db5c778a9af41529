import CalendarToolKit
import Foundation
import Testing

@Suite("Conversations in lines")
struct LineConversationTests {
    private static func answers(to text: String, chunk: Int) -> [String] {
        var rest = Data(text.utf8)
        var answers: [String] = []
        let conversation = LineConversation { "<" + String(decoding: $0, as: UTF8.self) + ">" }
        conversation.run {
            defer { rest = Data(rest.dropFirst(chunk)) }
            return rest.prefix(chunk)
        } write: {
            answers.append($0)
        }
        return answers
    }

    @Test("every line is answered in its order, wherever the stream is cut", arguments: [1, 2, 3, 1000])
    func lines(chunk: Int) {
        #expect(Self.answers(to: "a\r\n\n  b b \nc", chunk: chunk) == ["<a>", "<b b>", "<c>"])
    }

    @Test("an array with an element a line is read like lines")
    func array() {
        #expect(Self.answers(to: "[\n{1},\n{2}\n]\n", chunk: 1000) == ["<{1}>", "<{2}>"])
    }

    @Test("a bad line gets an error, and the lines after it their answers")
    func badLine() {
        var input = Data(
            """
            {"zone":"UTC","local":"2026-03-29T02:30:00"}
            nonsense
            {"zone":"UTC","local":"2026-03-29T02:30:01"}

            """.utf8
        )
        var answers: [String] = []

        LineConversation(answer: ZoneLine.answer(to:)).run {
            defer { input = Data() }
            return input
        } write: {
            answers.append($0)
        }

        #expect(
            answers == [
                #"{"fold0":"2026-03-29T02:30:00Z","fold1":"2026-03-29T02:30:00Z"}"#,
                #"{"error":"the line is not JSON"}"#,
                #"{"fold0":"2026-03-29T02:30:01Z","fold1":"2026-03-29T02:30:01Z"}"#,
            ]
        )
    }

    @Test("a line above the limit is an error, and the next one is read")
    func longLine() {
        let long = String(repeating: "x", count: LineConversation.longestLine + 1)

        #expect(
            Self.answers(to: long + "\nb\n", chunk: 1 << 16) == [
                #"{"error":"the line is longer than 1048576 bytes"}"#, "<b>",
            ]
        )
    }

    @Test("a line at the limit is whole, and one byte more is too long")
    func limit() {
        var splitter = LineSplitter(limit: 3)

        #expect(
            splitter.add(Array("abc\nabcd\nab\n".utf8)) == [
                .text(Array("abc".utf8)), .tooLong, .text(Array("ab".utf8)),
            ]
        )
        #expect(splitter.finish() == nil)
    }
}
