import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";
import { formatProblem } from "../../catalogs/problems.ts";
import { parameterProblems, requirementsAt } from "../../catalogs/source.ts";
import { catalogCases } from "./cases.ts";

const SOUND = join(import.meta.dirname, "cases", "sound");

describe("loadCatalog", () => {
  test.each(catalogCases())("$name", ({ folder, expected }) => {
    const { catalog, source, problems } = loadCatalog(folder);
    expect(problems.map((problem) => formatProblem({ ...problem, file: basename(problem.file) }))).toEqual(expected);
    expect([catalog === null, source === null]).toEqual([expected.length > 0, expected.length > 0]);
  });

  test("names the file with its folder", () => {
    const missing = join(SOUND, "..", "missing");
    expect(loadCatalog(missing).problems.map(({ file }) => file)).toEqual([
      join(missing, "catalog.yaml"),
      join(missing, "ports.csv"),
    ]);
  });

  test("a folder given with a slash at its end, or by another way, is the same folder", () => {
    expect(loadCatalog(`${SOUND}/`).problems).toEqual([]);
    expect(loadCatalog(join(SOUND, "..", "sound", ".")).problems).toEqual([]);
  });

  test("tells the hash of both files, one after the other", () => {
    const files = ["catalog.yaml", "ports.csv"].map((name) => readFileSync(join(SOUND, name)));
    expect(loadCatalog(SOUND).sha256).toBe(createHash("sha256").update(Buffer.concat(files)).digest("hex"));
  });

  test("the normalised catalog", () => {
    const { catalog } = loadCatalog(SOUND);
    expect(catalog?.roles).toEqual([
      { id: "pbx", title: "PBX", main: true, unbound: "absent", provider: false, members: [] },
      { id: "phones", title: "Phones", main: false, unbound: "internal", provider: false, members: [] },
      {
        id: "everyone",
        title: "Everyone",
        main: false,
        unbound: "absent",
        provider: false,
        members: ["pbx", "phones"],
      },
    ]);
    expect(catalog?.document.revision).toBe("1.10");
    expect(catalog?.policies.map(({ ports, when }) => ({ ports, when }))).toEqual([
      {
        ports: [
          [5060, 5060],
          [80, 81],
        ],
        when: "not feature == fax",
      },
      { ports: [[443, 443]], when: null },
    ]);
    expect(catalog?.requirements.map(({ id, transport }) => `${id}/${transport}`)).toEqual([
      "sip-tcp/tcp",
      "sip-udp/udp",
      "rtp/udp",
      "update/tcp",
    ]);
    expect(catalog?.requirements[2]).toEqual({
      id: "rtp",
      section: "1.2",
      component: "pbx",
      direction: "both",
      application: "RTP",
      transport: "udp",
      localPorts: [
        [6000, 6080],
        [7000, 7000],
      ],
      remote: "any",
      remotePorts: "any",
      scope: "lan",
      strength: "conditional",
      when: "feature == fax and version < 12.30",
      configurableVia: "Key",
      uncertain: true,
      note: "A note. Formula: local ports 6000-{6000+channels*10};7000.",
    });
    expect(catalog?.requirements[3]?.remote).toBe("a.example.com;*.example.net");
  });
});

test("requirementsAt works formulas out for a site, and parameterProblems says what is wrong with its parameters", () => {
  const { source } = loadCatalog(SOUND);
  if (source === null) {
    throw new Error("the sound case does not load");
  }
  const rtp = (channels: number) => requirementsAt(source, new Map([["channels", channels]]))[2]?.localPorts;
  expect(rtp(30)).toEqual([
    [6000, 6300],
    [7000, 7000],
  ]);
  expect(parameterProblems(source, new Map([["channels", 30]]))).toEqual([]);
  expect(
    parameterProblems(
      source,
      new Map([
        ["channels", 9999],
        ["lines", 3],
      ]),
    ),
  ).toEqual([
    'unknown parameter "lines"; valid: channels',
    'port 105990 of "6000-{6000+channels*10};7000" is outside 0-65535 (requirement rtp)',
  ]);
});

test("listCatalogIds finds folders with a catalog.yaml, in order", () => {
  const ids = listCatalogIds(join(SOUND, ".."));
  expect(ids).toContain("sound");
  expect(ids).not.toContain("no-yaml");
  expect(ids).toEqual([...ids].sort());
  expect(listCatalogIds(join(SOUND, "nowhere"))).toEqual([]);
});
