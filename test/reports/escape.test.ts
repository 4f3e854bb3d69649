import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spellInAscii } from "../../reports/ascii.ts";
import {
  csvCell,
  csvRow,
  escapeHtml,
  escapeMarkdown,
  neutralise,
  neutraliseLines,
  neutraliseToAscii,
} from "../../reports/escape.ts";
import { hostileText } from "./hostile.ts";

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

describe("neutralise", () => {
  test.each([
    ["\u001b[31m", "\\x1b[31m"],
    ["a\tb\r\nc", "a\\tb\\r\\nc"],
    ["\u0000\u007f\u009b", "\\x00\\x7f\\x9b"],
    ["\u202eabc\u2069", "\\u{202e}abc\\u{2069}"],
    ["\u200b\ufeff\u{e0041}", "\\u{200b}\\u{feff}\\u{e0041}"],
    ["\ud800", "\\u{d800}"],
    ["Müller 東京 📞 é", "Müller 東京 📞 é"],
    ["", ""],
  ])("makes %j %j", (text, expected) => {
    expect(neutralise(text)).toBe(expected);
  });

  test("keeps four marks on a letter, and shows those that are piled on top", () => {
    expect(neutralise(`e${"\u0301".repeat(6)}`)).toBe(`e${"\u0301".repeat(4)}\\u{301}\\u{301}`);
  });

  test("leaves nothing unseen, whatever comes", () => {
    fc.assert(fc.property(hostileText, (text) => !UNSEEN.test(neutralise(text))));
    fc.assert(fc.property(hostileText, (text) => /^[\x20-\x7e]*$/.test(neutraliseToAscii(text))));
    fc.assert(fc.property(hostileText, (text) => /^[\x20-\x7e]*$/.test(spellInAscii(text))));
  });

  test("keeps line ends only where that is asked for", () => {
    expect(neutraliseLines("a\r\nb\nc\rd")).toBe("a\nb\nc\\rd");
  });
});

test("ASCII spelling is readable", () => {
  expect(spellInAscii("Größe „Müller“ – Čapek → ½")).toBe('Groesse "Mueller" - Capek -> \\u{bd}');
});

describe("escapeHtml", () => {
  test("leaves no way out of text or attribute", () => {
    expect(escapeHtml(`<b a="1" c='2'>&\u001b`)).toBe("&#60;b a=&#34;1&#34; c=&#39;2&#39;&#62;&#38;\\x1b");
    fc.assert(fc.property(hostileText, (text) => !/[<>"']/.test(escapeHtml(text))));
  });
});

describe("csvCell", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+49 30", "'+49 30"],
    ["-1", "'-1"],
    ["@x", "'@x"],
    ["\tx", "'\\tx"],
    ["\rx", "'\\rx"],
    ["  =1", "'  =1"],
    ["＝1", "'＝1"],
    ['a "b", c', '"a ""b"", c"'],
    ["a;b", '"a;b"'],
    ["a\nb", '"a\nb"'],
    ["plain", "plain"],
    ["", ""],
  ])("writes %j as %j", (value, expected) => {
    expect(csvCell(value)).toBe(expected);
  });

  test("leaves numbers numbers and null empty", () => {
    expect(csvRow([-5, null, "x"])).toBe("-5,,x\r\n");
  });

  test("survives a reader, and no cell is a formula", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 2, maxLength: 5 }), (values) => {
        const rows = parse(csvRow(values), { relax_column_count: true, skip_empty_lines: false }) as string[][];
        expect(rows).toHaveLength(1);
        expect(rows[0]).toHaveLength(values.length);
        for (const cell of rows[0] as string[]) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/);
      }),
    );
  });
});

describe("escapeMarkdown", () => {
  test.each([
    ["**b** _i_ `c`", "\\*\\*b\\*\\* \\_i\\_ \\`c\\`"],
    ["[x](javascript:1)", "\\[x\\](javascript:1)"],
    ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
    ["a | b", "a \\| b"],
    ["see https://evil.example and www.evil.example", "see https\\://evil.example and www\\.evil.example"],
    ["- item", "\\- item"],
    ["1. item", "1\\. item"],
    ["# title\nnext", "\\# title next"],
    ["@user", "\\@user"],
    ["192.168.10.5", "192.168.10.5"],
  ])("writes %j as %j", (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});
