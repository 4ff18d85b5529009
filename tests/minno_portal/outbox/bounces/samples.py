"""Reports as servers write them, with the address and the Message-ID of our choice."""

from __future__ import annotations

ADDRESS = "aino@example.org"
MESSAGE_ID = "<0123456789abcdef@minno.example.fi>"


def _lines(text: str, address: str, message_id: str) -> bytes:
    filled = text.replace("ADDRESS", address).replace("MESSAGE_ID", message_id)
    return filled.lstrip("\n").replace("\n", "\r\n").encode()


def postfix(address: str = ADDRESS, message_id: str = MESSAGE_ID) -> bytes:
    return _lines(
        """
Return-Path: <>
Date: Tue, 2 Feb 2027 09:05:01 +0200 (EET)
From: MAILER-DAEMON@mail.example.fi (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounces@example.fi
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4XyZ.1770000000/mail.example.fi"
Message-Id: <20270202070501.4XyZ@mail.example.fi>

This is a MIME-encapsulated message.

--4XyZ.1770000000/mail.example.fi
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.fi.

<ADDRESS>: host mx.example.org[192.0.2.7] said: 550 5.1.1 <ADDRESS>:
    Recipient address rejected: User unknown in local recipient table (in reply
    to RCPT TO command)

--4XyZ.1770000000/mail.example.fi
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.fi
X-Postfix-Queue-ID: 4XyZ
X-Postfix-Sender: rfc822; bounces@example.fi
Arrival-Date: Tue,  2 Feb 2027 09:05:00 +0200 (EET)

Final-Recipient: rfc822; ADDRESS
Original-Recipient: rfc822;ADDRESS
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <ADDRESS>: Recipient address
    rejected: User unknown in local recipient table

--4XyZ.1770000000/mail.example.fi
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <bounces@example.fi>
From: MINNO <minno@example.fi>
To: Aino <ADDRESS>
Subject: =?utf-8?q?Haasteenne_on_tullut_perille?=
Message-ID: MESSAGE_ID
Content-Type: text/plain; charset="utf-8"

Hei!

--4XyZ.1770000000/mail.example.fi--
""",
        address,
        message_id,
    )


def exchange(address: str = ADDRESS, message_id: str = MESSAGE_ID) -> bytes:
    """Exchange Online: the headers alone come back, the status is repeated in words."""
    return _lines(
        """
From: <postmaster@example.org>
To: <bounces@example.fi>
Date: Tue, 2 Feb 2027 07:05:03 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="7f1f2a2c-3b8f"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: fi-FI
Message-ID: <5c2c@EXCH01.example.org>
In-Reply-To: MESSAGE_ID
Subject: Toimittamaton: Haasteenne on tullut perille
Auto-Submitted: auto-replied

--7f1f2a2c-3b8f
Content-Type: multipart/alternative; boundary="inner-1"

--inner-1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PHA+Vmllc3RpP8OkIGVpIHZvaXR1PC9wPg==

--inner-1--

--7f1f2a2c-3b8f
Content-Type: message/delivery-status

Reporting-MTA: dns;EXCH01.example.org
Received-From-MTA: dns;mail.example.fi
Arrival-Date: Tue, 2 Feb 2027 07:05:02 +0000

Final-Recipient: rfc822;ADDRESS
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound;
 Recipient not found by SMTP address lookup

--7f1f2a2c-3b8f
Content-Type: text/rfc822-headers

Received: from mail.example.fi (192.0.2.1) by EXCH01.example.org
From: MINNO <minno@example.fi>
To: Aino <ADDRESS>
Message-ID: MESSAGE_ID
Subject: Haasteenne on tullut perille

--7f1f2a2c-3b8f--
""",
        address,
        message_id,
    )


def gmail(address: str = ADDRESS, message_id: str = MESSAGE_ID) -> bytes:
    return _lines(
        """
MIME-Version: 1.0
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: bounces@example.fi
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: MESSAGE_ID
In-Reply-To: MESSAGE_ID
X-Failed-Recipients: ADDRESS
Message-ID: <abc.123@mx.google.com>
Content-Type: multipart/report; boundary="000000000000abcd"; report-type=delivery-status

--000000000000abcd
Content-Type: multipart/related; boundary="000000000000abce"

--000000000000abce
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to ADDRESS because the address couldn't be found.

--000000000000abce--
--000000000000abcd
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Mon, 01 Feb 2027 23:05:02 -0800 (PST)
X-Original-Message-ID: MESSAGE_ID

Final-Recipient: rfc822; ADDRESS
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (192.0.2.9, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
 550-5.1.1 Please try double-checking the recipient's email address. 550 5.1.1 NoSuchUser
Last-Attempt-Date: Mon, 01 Feb 2027 23:05:03 -0800 (PST)

--000000000000abcd
Content-Type: message/rfc822

From: MINNO <minno@example.fi>
To: ADDRESS
Message-ID: MESSAGE_ID
Subject: Haaste

Hei!

--000000000000abcd--
""",
        address,
        message_id,
    )


def exim(address: str = ADDRESS, message_id: str = MESSAGE_ID) -> bytes:
    """Before the standard: no parts, the address in a header and the letter's head in the text."""
    return _lines(
        """
From: Mail Delivery System <Mailer-Daemon@mail.example.org>
To: bounces@example.fi
X-Failed-Recipients: ADDRESS
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1abc-0001@mail.example.org>

This message was created automatically by mail delivery software.

  ADDRESS
    SMTP error from remote mail server after RCPT TO:<ADDRESS>:
    host mx.example.org [192.0.2.7]: 550 5.1.1 unknown or illegal alias

------ This is a copy of the message, including all the headers. ------

From: MINNO <minno@example.fi>
Message-ID: MESSAGE_ID
Subject: Haaste

Hei!
""",
        address,
        message_id,
    )


def without_letter(address: str = ADDRESS, status: str = "5.2.2", action: str = "failed") -> bytes:
    """A report that returns nothing of the letter."""
    text = f"""
From: postmaster@example.org
Subject: Returned mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: RFC822; <ADDRESS>
Action: {action}
Status: {status} (mailbox)
Diagnostic-Code: smtp; 552 mailbox

--b--
"""
    return _lines(text, address, "")


DELAYED = without_letter(status="4.4.1", action="delayed")
OUT_OF_OFFICE = (
    b"From: a@example.org\r\nSubject: Automaattinen vastaus: Haaste\r\n\r\nLomalla 5.1.1\r\n"
)
QUESTION = b"From: a@example.org\r\nSubject: Kysymys\r\n\r\nMiten haaste tehd\xc3\xa4\xc3\xa4n?\r\n"

WHOLE = {"postfix": postfix, "exchange": exchange, "gmail": gmail, "exim": exim}
