# Prints "path:line<TAB>code" for each line of Swift that has code, without its comments.
#
# Text in quotes is kept, since an interpolation in it is code. Block comments nest, as in Swift.

FNR == 1 {
    depth = 0 # of block comments
    text = 0 # inside """
}

{
    line = $0
    code = ""
    quoted = 0
    while (length(line) > 0) {
        if (depth > 0) {
            if (!match(line, /\/\*|\*\//)) break
            depth += substr(line, RSTART, 2) == "/*" ? 1 : -1
            line = substr(line, RSTART + 2)
            continue
        }
        if (!match(line, /"""|"|\\.|\/\/|\/\*/)) {
            code = code line
            break
        }
        token = substr(line, RSTART, RLENGTH)
        code = code substr(line, 1, RSTART - 1)
        line = substr(line, RSTART + RLENGTH)
        if (!quoted && !text && token == "//") break
        if (!quoted && !text && token == "/*") {
            depth = 1
            code = code " "
            continue
        }
        if (token == "\"\"\"" && !quoted) text = !text
        if (token == "\"" && !text) quoted = !quoted
        code = code token
    }
    if (code ~ /[^ \t]/) print FILENAME ":" FNR "\t" code
}
