import { describe, expect, it } from "vitest";
import { rankFormats } from "../../ingest/detect.ts";
import { formats } from "../../ingest/formats.ts";

const bytesOf = (content: string | readonly number[]) => Buffer.from(content as string);

describe("a file that is no log is told from one of another program", () => {
  it.each<[string, string | readonly number[], RegExp | null]>([
    ["ZIP", [0x50, 0x4b, 3, 4, 0, 0], /ZIP archive: unpack/],
    ["7-Zip", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], /7-Zip archive: unpack/],
    ["lz4", [0x04, 0x22, 0x4d, 0x18, 0x64], /lz4.*unpack/],
    ["PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], /picture/],
    ["PDF", "%PDF-1.7\n", /PDF document/],
    ["packet capture", [0xd4, 0xc3, 0xb2, 0xa1, 2, 0], /packet capture/],
    ["event log", "ElfFile\0\0\0", /wevtutil qe FILE/],
    ["Clixml", '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n', /ConvertTo-Json/],
    ["binary", [1, 2, 3, 0, 4, 5], /binary file/],
    ["clog", `${"\0".repeat(100)}Jul  3 19:10:30 fw filterlog[1]: x\n`, /clog/],
    ["another program's text", "hello\nworld\n", null],
  ])("%s", (_, content, warning) => {
    const ranked = rankFormats(bytesOf(content), formats, false);
    if (warning === null) expect(ranked).toMatchObject({ warning: null });
    else expect(ranked.warning).toMatch(warning);
  });
});
