// data table
/** PKCS#12 files for tests, all with one and the same key on P-256; in base64. */

/** A file, and its password. */
export interface SampleFile {
  /** The command that made it. */
  readonly from: string;
  /** Its password. */
  readonly password: string;
  /** The bytes. */
  readonly bytes: Uint8Array;
}

/** The files by what is special about them. */
export const SAMPLE_FILES = {
  modern: {
    from: "openssl pkcs12 -export, with another certificate",
    password: "secret",
    bytes: Uint8Array.fromBase64(
      "MIIFnAIBAzCCBVIGCSqGSIb3DQEHAaCCBUMEggU/MIIFOzCCA/IGCSqGSIb3DQEHBqCCA+MwggPfAgEAMIID2AYJKoZIhvcN" +
        "AQcBMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgIODdfSkFL8QICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQME" +
        "ASoEED/23KnsohLzYK+3NIOHn0yAggNwC1iMDye46qUzjSr+Fv+VgP1zvKsT/PUY7dvGhIWf+yqpUAAjUAKKvxAjpTWGkyHl" +
        "wcAXlKoTIfAwVqe2gI/ghyVVYgf+L96FDDLkJIbTHzIWyhKPWhWfMRGFcHqIstcptSZOR/3jhzTnQS82qy248Bc6FJhWdSVK" +
        "h6dbOsdiLbLtQKuV5gBkxbPSx08lfeWAFR3GB23K1l+QmdgZbkjLUXYpwAAqz3NJ48hXdBjnAoELtcw4Ngn9ms2zh/DxvcZS" +
        "a7PM4VxWbVtAz4H9Z3uIg6Ay+htlqO3r9l/lx/KwzRaZpjTjo5pBgPrzTERih2kll55mfOijWgNHdyoAgUipJcVMAONy36pn" +
        "Al4/W2MBfGGvJooBS2+NU/rkR7z0IHG31Kp7QAtp8XmmBtaMpviztrVzoynbnkhpNmI0pM1fAf9S8hHvJVxSQMZbwh3ed1Vd" +
        "1QBkuOx7mOjlRPBTC6DaKsMeGqK3HRD753RWuPi8NBfJmQVZLXGdjIcvV8HUmclrMZHmXWfl1tmyvA1ZCsbKQy9VWrKD2fNF" +
        "EBiKSwie087PT4Sw0z9axX9scU2iZeOLHg1w42e1FvHe3ln4ab1fIPx7cMCiLb9modsQZfgJC0/HW0G/Qt+Yg3CsLjRlWpLc" +
        "Vi3h8HN4V43/lMFYApf0860fARHsMlUXyHzdIeq6ZMrOrQVch3Dh9kmgTAl+watTPSiPXdypfg/VepIPouolwpIgXE8vWHJV" +
        "r92tsXDfOmjvdWnJSQO4L61o8fRNsW7+a/hOxJAh6KoJ1f/VnzMTiLJEQbX8zorysVYTyW0XI7hmtHJCu3vENL1lMt43C/QZ" +
        "C/ff0FQM7oazMrgrdXyG/cAaAJ9JEsyT6o5eJLjAEPK/sEzEjaP3wJd2gL4nGT61ZgCkRTy9dK4Md8Vj71JF9jFFphC5PLuv" +
        "gChq7QYI7DW+/EVB0qIp3YLfwg0RLe44KLNMDJfcyUdJ+/vkwhhJ6WHfqPOzXjS/4yKIbhYSSoyUIA/SYjX4I4GnaBEpnUKQ" +
        "oW9CdCWvRD3hLu4gnn4jY72IwWRTTpFAczPG7vg3ecrF95CkgkxmJeVE/RwlhoiRXJSEPO3G826OTY4ZfE6s+sawktZUJG+L" +
        "SxjfruLzhtoxiVWKPRyNm9fdNdtMqSy0YjK00FPvnV9XN+Lr9F6hszCCAUEGCSqGSIb3DQEHAaCCATIEggEuMIIBKjCCASYG" +
        "CyqGSIb3DQEMCgECoIHvMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAit/grdlsTuvQICCAAwDAYIKoZIhvcN" +
        "AgkFADAdBglghkgBZQMEASoEEI0RU6wypssHVjEtvvroRP0EgZA7qQLG+ea2iu8oulKi95V8nfJjX3H0d8127GJdAq3dwf4V" +
        "LzBpENrKzxTBc6GB1QpMKl676+nqA3IUcsErcVE/p0Owxzc0LSM3FwlSe1kO1GiPozK03hc+qbXomHmn/9dhH8rT5x0xPhkM" +
        "27ynaqx4eRPtmQD24haryKG2gr5ZQZOIXMUBwAPH72VulnkiMP0xJTAjBgkqhkiG9w0BCRUxFgQUJo97iF+8y9GMukdQpRfw" +
        "6fZPiqcwQTAxMA0GCWCGSAFlAwQCAQUABCAta/xcXZs1mr6fQtBayZy3SS7lOWxqw4d3eeDTGRoJbgQIiwJHh1my1L0CAggA",
    ),
  },
  legacy: {
    from: "openssl pkcs12 -export -legacy: RC2 of 40 bits and triple DES",
    password: "secret",
    bytes: Uint8Array.fromBase64(
      "MIIDcgIBAzCCAzgGCSqGSIb3DQEHAaCCAykEggMlMIIDITCCAhcGCSqGSIb3DQEHBqCCAggwggIEAgEAMIIB/QYJKoZIhvcN" +
        "AQcBMBwGCiqGSIb3DQEMAQYwDgQIX990t/QqydACAggAgIIB0AD9d/f/526gU+uDXB4qE8Ln4c2xt0hNYm82OE6I+5LevvbM" +
        "ul6xkrGkffpvxrGLOzSXa76o5btUhb8cHr3trDazSW24tU78HXQDe/Zk9szAM6g4BHAt4nSbPwvMyDFWGchwb/h7W+Pll8mC" +
        "Kp3tCIIiroOlUHKJmi9bA+S/ZzBY0K+UF58By8vRgHc8hjHwpLRL2iujoaLFkcvy4DyiTxc2n76KSmJ5VKiuCHt517jjDu0H" +
        "6ZCs+wx5Yxv8NNZ42DJyqfF8m3n1SKAE9STcsmcMgDyuMdM4SkfaSnYTjz3Oc8VA1PNcdOUcePAXLv2C9eUTxD/lq4RmeHql" +
        "k7mjqkOFO7bDhCN0Zm1US5On4rV1EGgTx4qPfDXcJ7Nkx/bQ/RMPxttRmDVxNJwEWQyO6SesUzq9zy2CrogRd9Uf+o+3X8Km" +
        "i5TbURZcsHpYwl9LFsppeEbOOklsb101PwMxubqXybSHA3coi0FOjLyFu+m3b+fjw6cmueQDi30eRAAPojNCg8oAGaYZl+Kw" +
        "3+5NVibtRA3ejSmVBsNvvbRjpuNg6uJERrkteNZcxk2kKa2NYWyVHjNAt/3OEcH8wUZWKMsX4Sb7Af4t7/8Hjb8JtI3ZMIIB" +
        "AgYJKoZIhvcNAQcBoIH0BIHxMIHuMIHrBgsqhkiG9w0BDAoBAqCBtDCBsTAcBgoqhkiG9w0BDAEDMA4ECGNspuU3xs9QAgII" +
        "AASBkCRc6hjQVvWjf7OGXNdQnkWq9u3oh1T/MdlobxglrMLAzuy7MHemdFTk78GBaXduJTnflqrqpWw1ts33TgfWwexgPYIv" +
        "Vms9Vco6F4NZb90pCjFbw4b8gyQYgBiym04wg3t6JNdiHTClatG9SLWcmGD5QO/VdNhUk5+2y83gfi01tdMOrkT4QzmAr0fJ" +
        "sSpbzjElMCMGCSqGSIb3DQEJFTEWBBQmj3uIX7zL0Yy6R1ClF/Dp9k+KpzAxMCEwCQYFKw4DAhoFAAQUT91K6+jAPFbzrZzs" +
        "q4O+qxkhhlcECHq59/sJCxSyAgIIAA==",
    ),
  },
  empty: {
    from: "openssl pkcs12 -export -keypbe NONE -certpbe NONE -macalg sha512 -passout pass:",
    password: "",
    bytes: Uint8Array.fromBase64(
      "MIIDPgIBAzCCAtQGCSqGSIb3DQEHAaCCAsUEggLBMIICvTCCAd4GCSqGSIb3DQEHAaCCAc8EggHLMIIBxzCCAcMGCyqGSIb3" +
        "DQEMCgEDoIIBizCCAYcGCiqGSIb3DQEJFgGgggF3BIIBczCCAW8wggEVoAMCAQICFEyqXjAVtLnBKKd1s1Hbtgl+2UvfMAoG" +
        "CCqGSM49BAMCMAwxCjAIBgNVBAMMAWEwIBcNMjYxMTI4MjIyMjQ1WhgPMjEyNjExMDQyMjIyNDVaMAwxCjAIBgNVBAMMAWEw" +
        "WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ5HdFXwDp2QUcGloKCCaxj8zKZozbuBVGz5G0nyZhu0bSsrupvDZp3PBVKq2Vu" +
        "fAqacrAh6yLBPWXy08NjCJYgo1MwUTAdBgNVHQ4EFgQUVTR+n0ZR6y2gSQZQWgK0uPHPpMUwHwYDVR0jBBgwFoAUVTR+n0ZR" +
        "6y2gSQZQWgK0uPHPpMUwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAk4MXOkvV13iOmWzJj4e0VpVgz4pj" +
        "6vynibN2QV2XgygCIAGLxjJE+zmnAMJ7RZclN5Ah7l8TC4cop2/zy2YqeTEEMSUwIwYJKoZIhvcNAQkVMRYEFCaPe4hfvMvR" +
        "jLpHUKUX8On2T4qnMIHYBgkqhkiG9w0BBwGggcoEgccwgcQwgcEGCyqGSIb3DQEMCgEBoIGKMIGHAgEAMBMGByqGSM49AgEG" +
        "CCqGSM49AwEHBG0wawIBAQQgPPn2QmAqx7WDTKifUEFURkeCS3rOmZVo8bh1yjv8QdyhRANCAAQ5HdFXwDp2QUcGloKCCaxj" +
        "8zKZozbuBVGz5G0nyZhu0bSsrupvDZp3PBVKq2VufAqacrAh6yLBPWXy08NjCJYgMSUwIwYJKoZIhvcNAQkVMRYEFCaPe4hf" +
        "vMvRjLpHUKUX8On2T4qnMGEwUTANBglghkgBZQMEAgMFAARAPihmPaHsJb0zCoszej+WMdyHRglFm1ITvFSNH9QFPZ1WBJQN" +
        "4vnRmnbX+rZoh1gzaeZFQV/F9dDSotjbmIuFVAQIiPGFBwy0iRwCAggA",
    ),
  },
  nokey: {
    from: "openssl pkcs12 -export -nokeys",
    password: "secret",
    bytes: Uint8Array.fromBase64(
      "MIIClwIBAzCCAk0GCSqGSIb3DQEHAaCCAj4EggI6MIICNjCCAjIGCSqGSIb3DQEHBqCCAiMwggIfAgEAMIICGAYJKoZIhvcN" +
        "AQcBMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjbGgESgaNPyAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQME" +
        "ASoEELdqRQJ4TauMBfLgXsDVFmKAggGwGG5ihZ0iQELaVcCGIRJxz3Gaoqbrl9gciUs9nKVdBpPNOzZku7zs80NAaXxzxXPj" +
        "VleUTjGT6+4KvEjUuvBowcb5qRse+2CiikqFuONAunsB4HMz1SjNUjekKCB2UBVpBTdgqjInsmur7GGNNX4MUm7M8pP+y7AT" +
        "rpQJN6aZ2gN4PkF+th9MWRVWM0RLxDCV0yBO6it+LsHV16QYiAT/0ZtcRT/A/RbL0Tdut/HZzPEfjC+jb3zcH4wWDWrDF4j5" +
        "dAUoGvUUyO2S2alK4JPO2gN5MDONRjItx1eD2VPjwNmAtrYAJBqr78i+ymfp++QPexZSEQkGdR7NmJ1bTtfPD7elVOIlG6S1" +
        "dKSR4hhTkWUkLE+D0F63PNvM869fhyutAA5WkkimPyoNrZO0EBAYQ4KArSQZ/LalF9gIs5NlNylNZHV74J1chy/XgnHbzzMj" +
        "mQRVq944Q+682H9mKI/H5ZJAm2wkaOXn/zKqXk+c44e4ITZu2mWBIsl55AldkfKRQBA0shzwdorBlCKCrnYzjTsaAxn7mpoj" +
        "5b9bwE6PM7ABv5+k2W08mb8GJILEC8chMEEwMTANBglghkgBZQMEAgEFAAQgDinbA8mUs0yDNjShiovZ3tZgYSR5LXuJth1X" +
        "P8lZ1wYECD9qjSadrWdIAgIIAA==",
    ),
  },
  java: {
    from: "keytool -importkeystore",
    password: "secret1",
    bytes: Uint8Array.fromBase64(
      "MIIERwIBAzCCA/EGCSqGSIb3DQEHAaCCA+IEggPeMIID2jCCAWEGCSqGSIb3DQEHAaCCAVIEggFOMIIBSjCCAUYGCyqGSIb3" +
        "DQEMCgECoIH+MIH7MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBRolRQHuD/YVxCAcg+Wam7Qk6XUpgICJxACASAw" +
        "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEKrPZ1QPEEiDiW0xjV3adpQEgZBegDiI7aKJf8pOLHRHmeTaD5n4RuxWcR2B" +
        "StUhR3eROC06DhMtM+aaAsSc9d3sOEEp4Bhw1KQubPI5tQ44/0ILFW7BypitIxK4SpEjMHaqdnw1wXQ2yc/iS5Gk8zsCmZxu" +
        "nyG4CHko5fenJo1YuvNt2tNksxiRObSV3O90/IpiGMc95jm7hmAnrX/GyNShyQwxNjARBgkqhkiG9w0BCRQxBB4CADEwIQYJ" +
        "KoZIhvcNAQkVMRQEElRpbWUgMTc5NTkwNDU2OTgyMDCCAnEGCSqGSIb3DQEHBqCCAmIwggJeAgEAMIICVwYJKoZIhvcNAQcB" +
        "MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBRyjColohPWn0+OzDMwjo9z2YcNxwICJxACASAwDAYIKoZIhvcNAgkF" +
        "ADAdBglghkgBZQMEASoEEG9Tsmqut+euWYXeqLH2CCuAggHg2oo6rc5SjJ4M8rKtSaWVa8XJZREUyayXHyzKdyuW9zuakPvY" +
        "qs0xkHRqUr+eyLa8SypPxRcNXJSUqbzG6XwcefzgybH4OoEk6u+6J3nIT8Jvhl91RBe+GubQwXPPnl0n+Ni3+yjCINAKQBEz" +
        "oOTVZ5bRH39GjTxQRxypFn4Z+qpm5evavtbgrH/5f4VUrXMKM6cBbjCMG4MM0Nj5jXtXX+FIDA+KEyFdsSMMNnn0XAFe8lDD" +
        "pUolFN4uBePyfldAecYvgruhxMyJETcxcPZnOkxfUTW5Gbn/u7cPJt+R/94A9XqdqchQKFyWxgk2ZHBomNqZbSL/SXczy5DN" +
        "/YCdCuCOimsugVHvjd6LN/fBozSe9as1bMlDY1/Ji3kIWBrhXmWvKcuab/vXRlkf0pQ0XfCDl+zi+z8f7nevjs3xcxKMLL5e" +
        "dsCZcZuccc3OJFy/pBePWxVTA6erPTQtkWH+Fw/3KgHPAJxJRWEhh5Y44e24EqAqkw3kUy2eryjGMjcudFjp1TI+2asPp0Pd" +
        "ZiPy1M/oBVb5mtsGvb+IvZDh7gD3mNf6xaqc1N2JCxqk3RQT6GUcEZobA/pMEoQSrzMxkk+rrMKLazy2lLDf5ZvlykFhgqZ3" +
        "XhkrAQiSqg9r5Q2UME0wMTANBglghkgBZQMEAgEFAAQgDfbrBlAepEb0MQDi3i0bukpvMkQyHjYkRWCI14XdNhsEFIZyp2vL" +
        "JcJLtoLiuBJjqK9/uGQtAgInEA==",
    ),
  },
  two: {
    from: "keytool -genkeypair, a second one",
    password: "secret1",
    bytes: Uint8Array.fromBase64(
      "MIIG+gIBAzCCBqQGCSqGSIb3DQEHAaCCBpUEggaRMIIGjTCCAnQGCSqGSIb3DQEHAaCCAmUEggJhMIICXTCCAUYGCyqGSIb3" +
        "DQEMCgECoIH+MIH7MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBRolRQHuD/YVxCAcg+Wam7Qk6XUpgICJxACASAw" +
        "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEKrPZ1QPEEiDiW0xjV3adpQEgZBegDiI7aKJf8pOLHRHmeTaD5n4RuxWcR2B" +
        "StUhR3eROC06DhMtM+aaAsSc9d3sOEEp4Bhw1KQubPI5tQ44/0ILFW7BypitIxK4SpEjMHaqdnw1wXQ2yc/iS5Gk8zsCmZxu" +
        "nyG4CHko5fenJo1YuvNt2tNksxiRObSV3O90/IpiGMc95jm7hmAnrX/GyNShyQwxNjARBgkqhkiG9w0BCRQxBB4CADEwIQYJ" +
        "KoZIhvcNAQkVMRQEElRpbWUgMTc5NTkwNDU2OTgyMDCCAQ8GCyqGSIb3DQEMCgECoIG9MIG6MGYGCSqGSIb3DQEFDTBZMDgG" +
        "CSqGSIb3DQEFDDArBBSmG9QcExcZvucPFR4bqljtUCdk7QICJxACASAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENQM" +
        "vgiQIehKQoDGnj4M8i4EUBVMSVxVlZ66lbcOsJPEKQBFTprtA7MgH0Mw5YSypnykHHBA3+3dmJUxwujvFMa1iKiGFm4MtLq7" +
        "18p+GhDj6m78JN3NnWdTyKifUEw7PXMnMUAwGwYJKoZIhvcNAQkUMQ4eDABzAGUAYwBvAG4AZDAhBgkqhkiG9w0BCRUxFAQS" +
        "VGltZSAxNzk1OTA0NTc2MDczMIIEEQYJKoZIhvcNAQcGoIIEAjCCA/4CAQAwggP3BgkqhkiG9w0BBwEwZgYJKoZIhvcNAQUN" +
        "MFkwOAYJKoZIhvcNAQUMMCsEFAvqvNe225IVJAHHcVEoeLi4NJeCAgInEAIBIDAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQB" +
        "KgQQok5Q5UI2r6eeorocHJima4CCA4BqUG7uQADPQtlxvaz7Y6KK+r3Aahr27L5B9tH0eh4dRzFJRa7O/leIE4AjcZA6nHbM" +
        "SQC9/GBRShk8dckefGmejYznOpDyQcJoxFd2d56f2zdimv70xZPrLxGgwCuDbwlvgdwbVacS3v2jjC+gsoMjILgP6i6IVNR7" +
        "4SRvhC+s+Y2fYPxvtgOZn0ShTbPp3siKyTgYtv6BHANnR/kHlqpaLLSGuJeTBS1QKHgHSuVszcRzgdl4gE4FmjWQXP1v6fKh" +
        "jmWdxx1EnyMLNsCd9Zf2nbr4vnILmNKtxVOyid/rQ1Ufs9XgkTxi+AntmC7hFWqEBElXzbr9sipMnoYm5ugF5iC6mH3fWi6Z" +
        "Ta1rW5TYDpO1AA4c0a4ULGeVo48lhavNpNMxXpno5vbAmka9BzO1x8QpcfzyD7/+IL7Ui4wcUejc7AnJLSCvDSeurc5FFNse" +
        "rX05vgUsjF763EZ5fvATICazvz/qwyrWMnqLyglRp4PWuXtFUAvQZ5ZtilECjchVch95AW9vwPHJWwqampeLiGXL52I3hxuS" +
        "zV47/2hveMVrv45bmNDZpFLHY26si6gRlzGXJotLlegBaBoSp9Ak/MNsRd3dIHclrFcWkNCcIzy0WnzJiL5lKugtcuzS8rPM" +
        "o/wkQrrgfp/N2Ayp3RumdRWkqgVmWpOy7OOJppSaCBPV9e8wBkwRgKYOxsayRMkh4kWsvZKkugg33/1a5EYSLCy/L4Btkdj9" +
        "+VNCQ0+DzzJOJaMqpbpLftZG74CTu6Okl4Vw811sAl6ckP8NBJ7nAnOYI1Ok5mGSOlIVHfmdRnFKjNqQfRkdIeVqvWrIlc0/" +
        "vJF0q5RSK6g3hA+PB3M87TkFvSy/6vIUoA4tCo6ryFWHSFAinmkrtM9QqDHet8/vt2bc4OdwlTwrlzQO9AUqcKwyork/atvP" +
        "7c6WcNT+BET0OWXQh3C3iT/nCuRL82/pV9x8PmWg9HmlATTIqJ+ILPF7psWDrfZC7hAUB/E/MXjdY4igECLwrN9DDV5z2hBr" +
        "A3eK6YmXz/zKr63dzsxCWX3BIbWelddeh+ns/IfcAnlB2oxEShJhgRuV6al7WOu53DDycd/xropGW3V1KQtRA9AtQ5lfOO7Z" +
        "XGY6yZKUIzMeDyw4XA7QzrWcTPWawv8mzpBx3YW5vqSiu2UQaFPzGBjIBNo3+P2/Ds0+MvlrlzBNMDEwDQYJYIZIAWUDBAIB" +
        "BQAEIHzfNzpasYfnR65J/Qden2xplOm9lzxe+nM3kce055xWBBQTgRCH9LxILKW7JVhYvlew/cB5+gICJxA=",
    ),
  },
} as const satisfies Readonly<Record<string, SampleFile>>;
