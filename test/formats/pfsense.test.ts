/** The traps of filterlog lines, one by one. */
import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../ingest/ecs/ecs.ts";
import { FOREIGN, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../../ingest/format.ts";
import { pfsense } from "../../ingest/formats/pfsense.ts";
import { looksLikeClog } from "../../ingest/inputs/clog.ts";
import { LogRecord } from "../../ingest/record.ts";

// biome-ignore lint/suspicious/noExplicitAny: documents are compared by path
type Document = any;

const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(line: string): { status: number; document: Document } {
  const record = new LogRecord();
  const bytes = bytesOf(line);
  const parse = pfsense.open({ clock: new DeviceClock("UTC", Date.parse("2026-11-21T00:00:00Z")) });
  const status = parse(bytes, 0, bytes.length, record);
  return { status, document: ecsDocument(record, { line: 1, format: "pfsense" }) };
}

const RULE = "4,,,1000000103,igb0,match,block,in,";
const TCP4 = "4,0x0,,63,1,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,40001,5061,0,S,7,,1024,,mss";
const PAYLOAD = RULE + TCP4;

describe("envelope", () => {
  it.each([
    ["no envelope", "", undefined, undefined],
    ["BSD without host", "<134>Jul  3 19:10:30 filterlog[7]: ", "2026-07-03T19:10:30.000Z", undefined],
    ["BSD without host and process id", "<134>Sep 23 13:24:36 filterlog: ", "2026-09-23T13:24:36.000Z", undefined],
    ["BSD with host", "Dec  5 09:53:08 fw filterlog: ", "2025-12-05T09:53:08.000Z", "fw"],
    ["one blank before the day", "Jan 1 02:21:38 fw filterlog[7]: ", "2026-01-01T02:21:38.000Z", "fw"],
    ["IPv6 host", "Jan 1 02:21:38 2001:db8::1 filterlog[7]: ", "2026-01-01T02:21:38.000Z", "2001:db8::1"],
    ["RFC 5424", "<134>1 2026-07-03T19:10:14.500288-05:00 fw filterlog 7 - - ", "2026-07-04T00:10:14.500288Z", "fw"],
    [
      "RFC 5424 with structured data",
      '<134>1 2026-07-03T19:10:14Z fw filterlog 7 - [meta sequenceId="1"] ',
      "2026-07-03T19:10:14.000Z",
      "fw",
    ],
    ["ISO time, tag without colon", "2026-07-03T19:10:14+02:00 fw filterlog[7] ", "2026-07-03T17:10:14.000Z", "fw"],
    ["octet count", "180 <134>Jul  3 19:10:30 filterlog[7]: ", "2026-07-03T19:10:30.000Z", undefined],
    ["relay", "Jul  3 19:10:31 relay Jul  3 19:10:30 fw filterlog[7]: ", "2026-07-03T19:10:30.000Z", "fw"],
    ["byte order mark", "\uFEFFJul  3 19:10:30 fw filterlog[7]: ", "2026-07-03T19:10:30.000Z", "fw"],
    ["NUL bytes in front", "\0\0\0Jul  3 19:10:30 fw filterlog[7]: ", "2026-07-03T19:10:30.000Z", "fw"],
  ])("%s", (_, envelope, time, observer) => {
    const { status, document } = read(envelope + PAYLOAD);
    expect(status).toBe(PARSED);
    expect(document["@timestamp"]).toBe(time);
    expect(document.observer.name).toBe(observer);
    expect(document.destination).toEqual({ ip: "192.0.2.10", port: 5061 });
  });
});

describe("status", () => {
  const tag = "Jul  3 19:10:30 fw filterlog[7]: ";
  it.each([
    ["blank", "   ", STRUCTURE],
    ["NUL only", "\0\0\0\0", STRUCTURE],
    ["another program", "Jul  3 19:10:30 fw dhcpd[7]: DHCPDISCOVER from 02:00:5e:10:00:01 via igb1", FOREIGN],
    ["another program that quotes filterlog", `Jul  3 19:10:30 fw nginx: filterlog[7]: ${PAYLOAD}`, FOREIGN],
    ["a pf payload under another name", `Jul  3 19:10:30 fw evil: ${PAYLOAD}`, FOREIGN],
    ["other comma-separated text", "a,b,c,d,e,f,g,h,i,j,k", FOREIGN],
    ["other numbers", "1,2,3,4,5,6,7,8,9,10,11", FOREIGN],
    ["no pflog header", `${tag}[|pflog]`, FOREIGN],
    ["filterlog's own trouble", `${tag}Invalid datalink type`, FOREIGN],
    ["empty message", tag, MALFORMED],
    ["cut in the rule", `${tag}4,,,1000000103,ig`, MALFORMED],
    ["cut after the version", `${tag}${RULE}4`, MALFORMED],
    ["cut after an error", `${tag}${RULE}4,error='truncated-ip 12 bytes missing!'`, MALFORMED],
    ["cut in the address", `${tag}${RULE}4,0x0,,63,1,0,DF,6,tcp,60,198.51.100.9,192.0.2`, MALFORMED],
    ["cut before the ports", `${tag}${RULE}4,0x0,,63,1,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,`, MALFORMED],
    ["cut in the port", `${tag}${RULE}4,0x0,,63,1,0,DF,17,udp,60,198.51.100.9,192.0.2.10,5060,50`, MALFORMED],
    ["ends with the flags", `${tag}${RULE}4,0x0,,63,1,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,1,2,0,S`, PARSED],
    ["ends before the flags", `${tag}${RULE}4,0x0,,63,1,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,1,2,0`, PARSED],
    ["cut in TCP's port", `${tag}${RULE}4,0x0,,63,1,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,1,2`, MALFORMED],
    ["port too large", `${tag}${RULE}4,0x0,,63,1,0,DF,17,udp,60,198.51.100.9,192.0.2.10,5060,65536,8`, MALFORMED],
    ["families that differ", `${tag}${RULE}4,0x0,,63,1,0,DF,17,udp,60,2001:db8::1,192.0.2.10,5060,5060,8`, MALFORMED],
    ["no such action", `${tag}${PAYLOAD.replace("block", "explode")}`, MALFORMED],
    ["match rule of pfSense", `${tag}${PAYLOAD.replace("block", "unkn(%u)")}`, NO_VERDICT],
    ["match rule of OPNsense", `${tag}${PAYLOAD.replace("block", "unknown(11)")}`, NO_VERDICT],
    ["translation", `${tag}${PAYLOAD.replace("block", "rdr")}`, NO_VERDICT],
    ["scrub", `${tag}${PAYLOAD.replace("block", "scrub")}`, NO_VERDICT],
    ["synproxy", `${tag}${PAYLOAD.replace("block", "synproxy-drop")}`, PARSED],
    ["flags by the manual's letters", `${tag}${PAYLOAD.replace(",S,", ",SEW,")}`, PARSED],
  ])("%s", (_, line, status) => {
    expect(read(line).status).toBe(status);
  });
});

describe("fields", () => {
  it("names the rule by tracker or label, never by number, and by its anchor", () => {
    expect(read(`4294967295,3,userrules/voice,1700000001,${PAYLOAD.slice(16)}`).document.rule).toEqual({
      id: "1700000001",
      name: "userrules/voice",
    });
    const label = "00112233445566778899aabbccddeeff";
    const { rule, observer } = read(PAYLOAD.replace("1000000103", label)).document;
    expect(rule).toEqual({ id: label });
    expect(observer.product).toBe("OPNsense");
  });

  it("puts the interface on the side of the direction", () => {
    expect(read(PAYLOAD).document).toMatchObject({
      network: { direction: "inbound" },
      observer: { ingress: { interface: { name: "igb0" } } },
    });
    const out = read(PAYLOAD.replace("block,in", "block,out")).document;
    expect(out.observer).toEqual(expect.objectContaining({ egress: { interface: { name: "igb0" } } }));
    expect(out.observer.ingress).toBeUndefined();
    expect(out.network.direction).toBe("outbound");
    expect(read(PAYLOAD.replace("block,in", "block,unkn(%u)")).document.network.direction).toBeUndefined();
  });

  it.each([
    ["S", undefined],
    ["SEC", undefined],
    ["SA", true],
    ["FA", true],
    ["R", true],
    ["", true],
  ])("takes a denied TCP packet with flags %j as out of state: %s", (flags, outOfState) => {
    const { document } = read(PAYLOAD.replace(",S,", `,${flags},`));
    expect(document.ringfence.tcp_flags).toBe(flags);
    expect(document.ringfence.out_of_state).toBe(outOfState);
    expect(read(PAYLOAD.replace("block", "pass").replace(",S,", `,${flags},`)).document.ringfence.out_of_state).toBe(
      undefined,
    );
  });

  it("reads DSCP out of the whole byte", () => {
    expect(read(PAYLOAD.replace("0x0", "0xb8")).document.ringfence.dscp).toBe(46);
    expect(read(PAYLOAD.replace("0x0,", "0xbb,CE")).document.ringfence.dscp).toBe(46);
  });

  it("adds the IPv6 header to the payload's length", () => {
    const { document } = read(`${RULE}6,0x00,0x00000,64,UDP,17,32,2001:db8::1,ff02::1:2,546,547,32`);
    expect(document.network).toMatchObject({ bytes: 72, type: "ipv6", transport: "udp" });
  });

  it("gives later fragments no ports and accepts a trimmed last comma", () => {
    for (const end of ["", ","]) {
      const { status, document } = read(`${RULE}4,0x0,,52,9,1480,none,17,udp,381,203.0.113.14,192.0.2.2${end}`);
      expect(status).toBe(PARSED);
      expect(document.source.port).toBeUndefined();
      expect(document.ringfence.fragment).toEqual({ offset: 1480, more: false });
    }
  });
});

describe("circular logs", () => {
  const text = bytesOf(`<134>Jul  3 19:10:30 filterlog[7]: ${PAYLOAD}\n`.repeat(3));
  const filled = new Uint8Array(text.length + 4096);
  filled.set(text);

  it("are told by their fill and by their footer", () => {
    expect(looksLikeClog(filled)).toBe(true);
    const footer = bytesOf("CLOG\0\0\0\0\u0010\0\0\0\u0010\0\0\0\0\0\0\0");
    const full = new Uint8Array([...text, ...footer]);
    expect(looksLikeClog(full.subarray(0, text.length), full.subarray(-64))).toBe(true);
  });

  it("are not seen in plain, UTF-16 or other NUL-padded files", () => {
    expect(looksLikeClog(text)).toBe(false);
    expect(looksLikeClog(Uint8Array.from([...text].flatMap((byte) => [byte, 0])))).toBe(false);
    expect(looksLikeClog(new Uint8Array(4096))).toBe(false);
    expect(looksLikeClog(new Uint8Array(0))).toBe(false);
  });

  it("are still recognised as this format", () => {
    expect(pfsense.sniff(filled)).toBe(1);
  });
});

describe("detection", () => {
  it.each([
    ["nothing", "", 0],
    ["only another program", "Jul  3 19:10:30 fw sshd[7]: Accepted publickey for root\n", 0],
    ["half", `Jul  3 19:10:30 filterlog[7]: ${PAYLOAD}\n\nJul  3 19:10:30 fw sshd[7]: Accepted\n`, 0.5],
    ["a last line that is cut", `${PAYLOAD}\r\n${PAYLOAD.slice(0, 60)}`, 1],
    ["one line without its end", PAYLOAD, 1],
  ])("%s", (_, head, score) => {
    expect(pfsense.sniff(bytesOf(head))).toBe(score);
  });
});
