#if Crypto
/// A key pair made for these tests with `openssl genpkey`, and signatures made with `openssl dgst`; protects nothing.
enum RSAFixture {
    /// The text that was signed.
    static let message = "calendar"

    static let privateKeyPEM = pem("PRIVATE KEY", privateKey)
    static let publicKeyPEM = pem("PUBLIC KEY", publicKey)

    /// RSASSA-PKCS1-v1_5 with SHA-256, base64.
    static let rs256 = """
        tMP5rf47zoJrdyLBMPh39hqCJ9z5ss2/+niSArXmumab2ThGfWZaZIcjHixeU4Lg
        rglL83CUy4lnAIm90jMjHnnSyw7fwIbKVd0Nu0wqPbS/HxdYY0viBI8R/wX7yUu0
        LsjhRGXtni5fPBzy5jfAtNWB5BxgrbM27YIgZdyinaqpYq0MR0SbamxVkKb4D3U6
        RgAal3+8m+mdJ45TSV0s/AMGqXK57XkI8tQlh00w8U4YtqKF1cD2zzzCpHj8wRj7
        W4BeMRDBT1MD9iiu8aNpeHjek69OInAQ+qzMzTlwjfMoHYDEvZp1qoys+Ch1dJjD
        pEZgHZo5ASempYmx0cp+eQ==
        """

    /// RSASSA-PSS with SHA-256 and a salt of 32 bytes, base64.
    static let ps256 = """
        xkEKqmc3m/kaemjscpveZmW08oNtOSz/coOlDTO4UThAYPcL8X0fgGTDe1ilJt0x
        AeXpGXscQDrbJklrf/TzFlfd3K/PUC3LpmCXq/mjVAcFDQWsthH0XTKIBKfrl/A1
        fXUejj3RBVWtIA3D9QP6OF9YxOS7XPNEL1WuQXp5Rg7HR55nKp1oZFygiLnfDMFm
        gemB5TTVomS39PSGsd1AwoRuaYso4BIoR5ClL7wOT5/sbYFSGWs6PmHf7tv3LiYN
        TuuTavKkdI73HU66F8Kj1BXvi71I9gDjzp5tynTsA5IBxqUcXKX5AB+REW4xbvLE
        Qut08ikctSZcrMONKfOhkA==
        """

    private static func pem(_ label: String, _ body: String) -> String {
        "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }

    private static let publicKey = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0il7Egb+Syne7ZnixYze
        ig7eKRSygRfYr7vwX+CGtudObCF3iyVqGyU6xisx16/7RhWe+Oj4U/Lvbvm7pDGU
        LYp8j6GCCljsh3SQNloZjhuA/iORm/6xaJKVoVE0oZBRxl3wxErcHhjvjtV9ycxO
        cYQ04idY3+zWiVBVMO6NUjbe+XCygwXHhb1a8fkMfE5bwa5DAs+QngduO1rJGjlY
        ZnIOxVRrl11/I6LHdIlOmJJraeWsRDH/rLbboXq0HInzsxtDdydjuxAvo5krMmPp
        31UZdvamtkfD0QKOpRbnefhldFpEVcQJ1DzrTJZke7o8CuWkRq19C6E6CvgpI32u
        VwIDAQAB
        """

    private static let privateKey = """
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDSKXsSBv5LKd7t
        meLFjN6KDt4pFLKBF9ivu/Bf4Ia2505sIXeLJWobJTrGKzHXr/tGFZ746PhT8u9u
        +bukMZQtinyPoYIKWOyHdJA2WhmOG4D+I5Gb/rFokpWhUTShkFHGXfDEStweGO+O
        1X3JzE5xhDTiJ1jf7NaJUFUw7o1SNt75cLKDBceFvVrx+Qx8TlvBrkMCz5CeB247
        WskaOVhmcg7FVGuXXX8josd0iU6Ykmtp5axEMf+sttuherQcifOzG0N3J2O7EC+j
        mSsyY+nfVRl29qa2R8PRAo6lFud5+GV0WkRVxAnUPOtMlmR7ujwK5aRGrX0LoToK
        +Ckjfa5XAgMBAAECggEAQMZvO9my9CjGILafCiOGjcfSWpgaAqb+bv++sVZrPyGg
        7rwL8/PGtfIuINk8Zg3EJVBRrMdljr5gZPSNDKkJUlYOWVi+04Cf+ooHTvFLUh0R
        D4OYBBwmwyP3AX8deTSZt8nJhT7LhG1MHNqZiCK0BNHqWNAm2PHPGAiOEWRdY3qe
        Eu24lVttmPbjr8vby8DFBzhez/BhAUfkbRryMgu5x5VbunNNy9qf7xRPIDHtSULH
        /gb8F8H+9EkPUXTA6RMKts6jI/XcfYYhbQ9C0pgQlHh+w/sOW9ECjMvT0RMRFocR
        OsrmnXSftqmLhkcqpZjd5q3kgSlJTcFzvkYBpuYAzQKBgQDr4KahMQUAScA5/BsA
        XsW9DK7ZCxUJvr62wlvDcMlz8G8YvhPv6wjdUrNhdNcMgHj//SpVR+r4GyT4H5vd
        +/+YGY+uVNmq2PYF9NHr2RH3ifUsFo9tRf94+dvotWptCugxjBAwlfS82G+jweTj
        VqWGEYXUVQzY6ds7imiyRe4qiwKBgQDkFzoLgI2OlbSJ9WxYWhS0LRtFImRNh0/K
        0aMG8SbLHcHg1Y1R5IhXzmJ6cPWeVh95cbM7x06eTF2YoBB5ZY4Xxc9CmJeqtZJx
        LAdosSSi6F/nvlRS4ecYEPGtclIh8HpDw4jJhZwSa/QVZqdUGx6KCmKECOYbANTf
        eXKGb6jg5QKBgFYbKDjnoB++zIFeWq0D68NbgeiRdxibnRsyUDVEUwYT2zp5COYo
        MpA4xGrrMCXMMF+il3WST2BK6G/7efbLKz7m9eB58QvBL+50tL0X/MsUfX+erLUD
        PIN5EqIct8EeniyYKMDTvQfDKt3oxhmHY91RQD2G3q3AkNtnZ1jM1miJAoGAE45W
        QLQ17tqxDv8G2hBnJAeWBfhr5yXJ1pbgxnCYpeOYQuGsazAP7I9abCsRNBEoQ65W
        8rIk8HeVssdOgkoNw8YG/iu9HTrSInfm7rf5bypDRshPzIdn2+1f+0II/rXylarH
        KJgXCJFO7SLPB+wHU0iOp8lniTsqBTsRcatTLG0CgYEA6S9yLxQY4erS0Scu2Eb4
        Q7olnj1cpWgVmL+aDitYvhZAIPs2kSglCSD4GnqTWx+FRXdytckBxQR1oy0Di+5M
        hv1bNZOD/AxhU/AckzPAHfUkKaIsicVkL8qC5qlEkjqbQh3aZPgGd4al6XxDazNy
        KewUMYNYXrQ97pSsD0tnb/Y=
        """
}
#endif
