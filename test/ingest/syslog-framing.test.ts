import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SyslogFraming } from "../../ingest/live/syslog-framing.ts";

interface Framed {
  text: string;
  messages: number;
  tooLong: number;
}

function unframe(bytes: Uint8Array, cuts: readonly number[], maxBytes = 1000): Framed {
  const framing = new SyslogFraming(maxBytes);
  const out: Uint8Array[] = [];
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  for (const [i, cut] of [...at, bytes.length].entries()) out.push(framing.push(bytes.subarray(at[i - 1] ?? 0, cut)));
  out.push(framing.end());
  return { text: Buffer.concat(out).toString(), messages: framing.messages, tooLong: framing.tooLong };
}

const counted = (message: string) => `${Buffer.byteLength(message)} ${message}`;
const cuts = fc.array(fc.nat(10_000), { maxLength: 20 });
const message = fc.stringMatching(/^<1[0-9]{2}>[ -~]{0,60}$/);

describe("syslog over TCP", () => {
  it("is read in both framings, and in a mixture, however it is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(message, fc.constantFrom("count", "lf", "crlf", "both"))), cuts, (sent, where) => {
        const stream = sent.map(([text, kind]) => {
          if (kind === "lf") return `${text}\n`;
          if (kind === "crlf") return `${text}\r\n`;
          return kind === "count" ? counted(text) : `${counted(text)}\n`;
        });
        // A message that begins with its own count would be one.
        const wanted = sent.map(([text, kind]) => `${text}${kind === "crlf" ? "\r" : ""}\n`).join("");
        expect(unframe(Buffer.from(stream.join("")), where)).toEqual({
          text: wanted,
          messages: sent.length,
          tooLong: 0,
        });
      }),
    );
  });

  it("may hold line feeds in counted messages", () => {
    const text = "<134>one\ntwo\n";
    expect(unframe(Buffer.from(counted(text) + counted("<134>x")), [3, 9])).toEqual({
      text: `${text}<134>x\n`,
      messages: 2,
      tooLong: 0,
    });
  });

  it("is not taken for counted where a line begins with digits", () => {
    const text = "2026-10-05T10:00:00Z fw a\n12 days\n7 <b\n";
    expect(unframe(Buffer.from("2026-10-05T10:00:00Z fw a\n12 days\n"), [1, 2, 3, 27, 29]).text).toBe(
      text.slice(0, 34),
    );
  });

  it("passes over what is too long, in both framings, and goes on behind it", () => {
    const long = "x".repeat(1500);
    for (const stream of [`<1>a\n${long}\n<1>b\n`, `${counted("<1>a")}${counted(`<1>${long}`)}${counted("<1>b")}`]) {
      fc.assert(
        fc.property(cuts, (where) => {
          expect(unframe(Buffer.from(stream), where)).toEqual({ text: "<1>a\n<1>b\n", messages: 2, tooLong: 1 });
        }),
      );
    }
  });

  it.each([
    ["with a line feed", `6 <1>abcdef\n${counted("<1>next")}`, "<1>abc\ndef\n<1>next\n"],
    ["in letters", `7 <1>Tür ${counted("<1>next")}${counted("<1>last")}`, "<1>Tür\n \n<1>next\n<1>last\n"],
    ["too large", `9 <1>abc ${counted("<1>torn")}${counted("<1>next")}`, "<1>abc 7 \n<1>torn\n<1>next\n"],
    ["behind a digit", `5 <1>abc 0${counted("<1>next")}`, "<1>ab\nc 0\n<1>next\n"],
    ["far too small", `4 <1>a${"b".repeat(1500)} ${counted("<1>next")}`, "<1>a\n<1>next\n"],
  ])("finds its step again after a wrong count: %s", (_, stream, text) => {
    fc.assert(
      fc.property(cuts, (where) => {
        expect(unframe(Buffer.from(stream), where).text).toEqual(text);
      }),
    );
  });

  it("may be ended by NUL", () => {
    fc.assert(
      fc.property(cuts, (where) => {
        const framed = unframe(Buffer.from(`<1>a\0<1>b\0\n${counted("<1>c\0")}${counted("<1>d")}\0<1>e`), where);
        expect(framed).toEqual({ text: "<1>a\n<1>b\n<1>c\0\n<1>d\n<1>e\n", messages: 5, tooLong: 0 });
      }),
    );
  });

  it("never throws and holds no more than a message, whatever comes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), cuts, (bytes, where) => {
        const whole = unframe(bytes, []);
        expect(unframe(bytes, where)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });
});
