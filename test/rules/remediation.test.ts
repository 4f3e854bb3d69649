/** Commands of remedies, held against the grammar of the tool that takes them, whatever the logs call their interfaces. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Prefix, prefixFromText } from "../../ingest/address.ts";
import { isCode } from "../../reports/blocks.ts";
import { checks } from "../../rules/checks.ts";
import { type FindingDraft, newDraft } from "../../rules/findings/finding.ts";
import type { FindingContext } from "../../rules/findings/finding-context.ts";
import { remediesFor } from "../../rules/findings/remediation.ts";
import { plain } from "../../rules/messages/message.ts";
import type { PlatformName } from "../../rules/result.ts";
import type { Site } from "../../rules/site/site.ts";

/** With and without IPv6: what it knows is put in, what it does not is left to fill in. */
const SITE: Site = {
  name: "site",
  timezone: "UTC",
  firewalls: [],
  deployments: [],
  waivers: [],
  networks: [
    { name: "provider", prefix: prefixFromText("203.0.113.0/24") as Prefix, zone: "provider" },
    { name: "provider", prefix: prefixFromText("2001:db8:1::/48") as Prefix, zone: "provider" },
    { name: "voice", prefix: prefixFromText("192.168.10.0/24") as Prefix, zone: "internal" },
  ],
};

const PLATFORMS: readonly PlatformName[] = ["fortigate", "iptables", "opnsense", "pfsense", "windows"];

const hostile = fc.constantFrom("eth0", "igb0.20", "", "unknown0", 'x"; reboot #', "$(reboot)", "wan1\nend", "a b");
const rule = fc.constantFrom("0", "7", "1700000009", "6f1c2a07-3b1e-51ee-8a4b-0d2f3c4e5f60", "", "`id`", "LAN DROP: x");
/** What the programs that write netfilter's rules log of them. */
const PROGRAMS: Readonly<Record<string, Partial<FindingContext>>> = {
  vyatta: { rule: "WAN_LOCAL-default", ruleName: "WAN_LOCAL-default", ruleId: "default" },
  vyos: { rule: "ipv4-NAM-WAN_IN-30", ruleName: "ipv4-NAM-WAN_IN-30", ruleId: "30" },
  base: { rule: "ipv4-INP-filter-default", ruleName: "ipv4-INP-filter-default", ruleId: "default" },
  openwrt: { rule: "wan in", ruleName: "wan in", ruleId: "" },
  proxmox: { rule: "tap101i0-IN", ruleName: "tap101i0-IN", ruleId: "" },
  shorewall: { rule: "net-fw", ruleName: "net-fw", ruleId: "" },
  unifi: { rule: "2147483647", ruleName: "[WAN_LOCAL]Block All Traffic", ruleId: "2147483647" },
  "unifi-cef": { rule: "Block `id`", ruleName: "Block `id`", ruleId: "", unit: "sessions" },
  firewalld: { rule: "filter_FWD_public", ruleName: "filter_FWD_public", ruleId: "" },
};
const port = fc.integer({ min: 1, max: 65535 });

const drafts = fc
  .record({
    kind: fc.constantFrom("blocked-but-required" as const, "open-but-unneeded" as const),
    isIpv6: fc.boolean(),
    isBlock: fc.boolean(),
    direction: fc.constantFrom("in" as const, "out" as const),
    peerZone: fc.constantFrom("internal" as const, "provider" as const, "internet" as const),
    transports: fc.subarray(["tcp", "udp"], { minLength: 1 }),
    ports: fc.uniqueArray(port, { minLength: 1, maxLength: 40, size: "max" }),
    peers: fc.integer({ min: 1, max: 20 }),
    from: hostile,
    to: hostile,
    rule,
    ruleId: fc.constantFrom("0", "12", "`id`", ""),
    program: fc.constantFrom(
      "",
      "vyatta",
      "vyos",
      "base",
      "openwrt",
      "proxmox",
      "shorewall",
      "unifi",
      "unifi-cef",
      "firewalld",
    ),
    onlyNarrow: fc.boolean(),
    isReply: fc.boolean(),
    isOutside: fc.boolean(),
    domains: fc.subarray(["", "/voice", "/guest_2", "/x\nend", "/`id`"], { minLength: 1 }),
  })
  .map((one): FindingDraft => {
    const { isIpv6, isBlock, peers, ports, transports, from, to, kind, direction, peerZone, onlyNarrow } = one;
    const host = `${isIpv6 ? "2001:db8::40" : "192.168.10.64"}${isBlock ? (isIpv6 ? "/124" : "/26") : ""}`;
    const draft = newDraft("id", {
      kind,
      subject: "subject",
      severity: "high",
      confidence: "high",
      title: plain("title"),
      why: plain("why"),
      catalog: "agfeo",
      requirement: null,
      policy: null,
      check: null,
      citation: null,
      host,
      direction,
      peerZone,
      onlyNarrow,
    });
    for (const transport of transports) draft.ports.set(transport, new Set(ports));
    for (let i = 1; i <= peers; i++) draft.peers.set(isIpv6 ? `2001:db8:1::${i}` : `203.0.113.${i}`, i);
    for (const platform of PLATFORMS) {
      for (const domain of platform === "fortigate" ? one.domains : [""])
        draft.firewalls.set(platform + domain, platform);
      draft.contexts.set(platform, {
        firewall: platform,
        platform,
        from,
        to,
        rule: one.rule,
        ruleId: one.ruleId,
        ruleName: one.rule,
        unit: "packets",
        ...(platform === "iptables" ? PROGRAMS[one.program] : {}),
        isReply: one.isReply,
        outside: one.isOutside ? (isIpv6 ? "2001:db8:9::5" : "198.51.100.5") : null,
        count: 1,
      });
    }
    return draft;
  });

const PLACE = "<[^>]+>";
const ADDRESS = `(?:[\\da-f.:]+(?:/\\d+)?|${PLACE})`;
const PORTS = "(?:\\d+(?:[:-]\\d+)?)";
const NAME = "[\\w.:@-]+";
const FORTIGATE_LINE = new RegExp(
  `^(?:config vdom|edit [\\w-]{1,31}|config firewall (?:policy|address6?|service custom|vip)|end|  (?:edit (?:\\d+|"[^"]+"|<[^>]+>)|next|move (?:\\d+|<[^>]+>) before (?:\\d+|<[^>]+>))` +
    `|    set (?:subnet [\\d.]+ [\\d.]+|ip6 [\\da-f:]+/\\d+|(?:tcp|udp)-portrange ${PORTS}(?: ${PORTS})*|name "[^"]{1,35}"|(?:srcintf|dstintf) "(?:${NAME}|<[^>]+>)"` +
    `|service(?: "[^"]{1,79}")+|schedule "always"|(?:src|dst)addr6?(?: "[^"]+"| <[^>]+>)+|extintf "(?:${NAME}|<[^>]+>)"|extip [\\d.]+|mappedip "(?:[\\d.]+|<[^>]+>)"|portforward enable|protocol (?:tcp|udp)|(?:ext|mapped)port ${PORTS}|action (?:accept|deny)|match-vip enable|nat enable|logtraffic all)` +
    `|show firewall policy \\| grep -f (?:${NAME}|"rf (?:open|close) [^"]+")|diagnose sys session6? (?:filter clear|filter dst [\\da-f.:]+|clear))$`,
);
const NETFILTER_RULE = new RegExp(
  `^ip6?tables -I (?:FORWARD|INPUT|OUTPUT) 1(?: -[io] ${NAME})? -p (?:tcp|udp)(?: -s ${ADDRESS}(?:,${ADDRESS})*)? -d ${ADDRESS}(?:,${ADDRESS})* (?:--dport ${PORTS}|-m multiport --dports ${PORTS}(?:,${PORTS}){0,14}|--dport ${PLACE}|-m multiport --dports ${PLACE}) (?:-j (?:ACCEPT|DROP)|-m conntrack --ctstate NEW -j LOG --log-prefix "ringfence-(?:accept|drop): ")$`,
);
const TRANSLATION = new RegExp(
  `^iptables -t nat -I PREROUTING 1(?: -i ${NAME})? -p (?:tcp|udp) -s ${ADDRESS}(?:,${ADDRESS})* -d [\\d.]+ (?:--dport ${PORTS}|-m multiport --dports (?:${PLACE}|${PORTS}(?:,${PORTS}){0,14})) -j DNAT --to-destination (?:[\\d.]+|${PLACE})$`,
);
const MARKING = new RegExp(
  `^ip6?tables -t mangle -A POSTROUTING -p udp -s ${ADDRESS}(?:,${ADDRESS})* -d ${ADDRESS}(?:,${ADDRESS})* -m multiport --[ds]ports ${PORTS}(?:,${PORTS}){0,14} -j DSCP --set-dscp-class EF$`,
);
/** Lines that begin so are commands, and must then be whole ones. */
const GRAMMAR: readonly { begins: RegExp; whole: RegExp }[] = [
  {
    begins: /^iptables -t nat /,
    whole: TRANSLATION,
  },
  {
    begins: /^ip6?tables /,
    whole: NETFILTER_RULE,
  },
  {
    begins: /^nft /,
    whole: new RegExp(
      `^nft 'insert rule inet filter (?:forward|input|output) (?:[io]ifname "${NAME}" )?(?:ip6? saddr \\{ .+? \\} )?ip6? daddr \\{ .+? \\} (?:tcp|udp) dport \\{ ${PORTS}(?:, ${PORTS})* \\} (?:accept|drop|ct state new log prefix "ringfence-(?:accept|drop): ")'$`,
    ),
  },
  {
    begins: /^ufw (?:route )?prepend/,
    whole: new RegExp(
      `^ufw (?:route )?prepend (?:allow|deny)(?: (?:in|out)(?: on ${NAME})?)? log proto (?:tcp|udp) from (?:any|${ADDRESS}) to ${ADDRESS} port ${PORTS}(?:,${PORTS}){0,14}$`,
    ),
  },
  {
    begins: /^New-NetFirewallRule/,
    whole: new RegExp(
      `^New-NetFirewallRule -DisplayName "[^"]+" -Direction (?:Inbound|Outbound) -Protocol (?:TCP|UDP) -(?:Local|Remote)Port \\d+(?:-\\d+)?(?:,\\d+(?:-\\d+)?)* -RemoteAddress (?:${ADDRESS}(?:,${ADDRESS})*) -Action (?:Allow|Block)$`,
    ),
  },
  { begins: /^(?:config |edit (?!firewall )|end$| {2}|show firewall|diagnose )/, whole: FORTIGATE_LINE },
  {
    begins: /^firewall-cmd /,
    whole: new RegExp(
      `^firewall-cmd --(?:reload|permanent --(?:new-policy ringfence-(?:forward|input|output)      # once|policy ringfence-(?:forward|input|output) --add-(?:(?:in|e)gress-zone (?:ANY|HOST)|rich-rule='rule family="ipv[46]" source address="${ADDRESS}" destination address="${ADDRESS}" port port="\\d+(?:-\\d+)?" protocol="(?:tcp|udp)" log prefix="ringfence-accept: " accept')))$`,
    ),
  },
  {
    begins: /^(?:sudo )?conntrack /,
    whole: new RegExp(
      `^(?:sudo )?conntrack -D -p (?:tcp|udp) --reply-src (?:[\\da-f.:]+|${PLACE})(?: --reply-port-src \\d+)?$`,
    ),
  },
  {
    begins: /^uci /,
    whole: new RegExp(
      `^uci (?:add firewall (?:rule|redirect)|reorder firewall\\.@(?:rule|redirect)\\[-1\\]=0|commit firewall && service firewall restart` +
        `|set firewall\\.@(?:rule|redirect)\\[-1\\]\\.(?:name='ringfence (?:tcp|udp) ${PORTS}(?:,${PORTS})*'|family='ipv[46]'|src='wan'|dest='(?:\\*|wan)'|proto='(?:tcp|udp)'|src_dip='[\\d.]+'|src_dport='${PORTS}'|dest_ip='(?:[\\d.]+|${PLACE})'|target='(?:ACCEPT|DROP|DNAT)'|log='ringfence-(?:accept|drop): ')` +
        `|add_list firewall\\.@(?:rule|redirect)\\[-1\\]\\.(?:(?:src|dest)_ip='${ADDRESS}'|dest_port='${PORTS}'))$`,
    ),
  },
  {
    begins: /^(?:IN|OUT) /,
    whole: new RegExp(
      `^IN (?:ACCEPT|DROP)(?: -source ${ADDRESS}(?:,${ADDRESS})*)? -dest ${ADDRESS}(?:,${ADDRESS})* -p (?:tcp|udp) -dport ${PORTS}(?:,${PORTS}){0,14} -log info$`,
    ),
  },
  {
    begins: /^(?:ACCEPT|DROP|DNAT):/,
    whole: new RegExp(
      `^(?:ACCEPT|DROP|DNAT):info (?:net|\\$FW)(?::\\[?${ADDRESS}(?:,${ADDRESS})*\\]?)? (?:\\$FW|${PLACE}):\\[?${ADDRESS}(?:,${ADDRESS})*\\]? (?:tcp|udp) ${PORTS}(?:,${PORTS}){0,14}(?: - [\\d.]+)?$`,
    ),
  },
  {
    begins: /^(?:edit firewall|set (?:action|description|inbound-interface|protocol|source|destination|state|log))\b/,
    whole: new RegExp(
      `^(?:edit firewall (?:(?:ipv6-)?name (?:WAN_LOCAL|${PLACE})|ipv4 (?:name (?:WAN_IN|${PLACE})|(?:input|forward) filter)) rule ${PLACE}|set (?:action (?:accept|drop)|description "ringfence (?:tcp|udp) ${PORTS}(?:,${PORTS}){0,14}"|inbound-interface name ${NAME}|protocol (?:tcp|udp)|(?:source|destination) address ${ADDRESS}|destination port ${PORTS}(?:,${PORTS}){0,14}|state new(?: enable)?|log(?: enable)?))$`,
    ),
  },
  { begins: /^pfctl /, whole: /^pfctl -k (?:0\.0\.0\.0|::)\/0 -k [\da-f.:/]+$/ },
];

describe("remedies", () => {
  it("are commands that their tools take, and hold nothing that a log put there", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        for (const { platform, text } of remediesFor(draft, SITE, new Map())) {
          const lines = text.text.split("\n");
          for (const line of lines) {
            const known = GRAMMAR.find(({ begins }) => begins.test(line));
            if (!known) continue;
            expect(line, platform).toMatch(known.whole);
            expect(isCode(line), line).toBe(true);
          }
          expect(text.text).not.toMatch(/reboot|`id`|DROP: x/);
          expect(text.text, platform).toMatch(/Undo/);
          expect(text.text, platform).toMatch(/Check/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("never mixes the families", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const isIpv6 = draft.host.includes(":");
        const all = remediesFor(draft, SITE, new Map()).map(({ text }) => text.text);
        for (const text of all) {
          if (isIpv6) expect(text).not.toMatch(/^iptables -I|\bip daddr|srcaddr "|set subnet/m);
          else expect(text).not.toMatch(/ip6tables -I|ip6 daddr|srcaddr6|set ip6/);
        }
      }),
    );
  });

  it("counts a range as two ports of a rule, as iptables does", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        for (const { text } of remediesFor(draft, SITE, new Map())) {
          for (const [, list] of text.text.matchAll(/--dports (\S+)/g)) {
            const ports = (list as string).split(",").reduce((sum, one) => sum + (one.includes(":") ? 2 : 1), 0);
            expect(ports).toBeLessThanOrEqual(15);
          }
        }
      }),
    );
  });

  it("of checks are commands that netfilter takes, for the host's own family", () => {
    const ids = checks.flatMap(({ meta }) => (meta.remediation.iptables ? [meta.id] : []));
    const found = fc.record({ draft: drafts, check: fc.constantFrom(...ids) });
    fc.assert(
      fc.property(found, ({ draft, check }) => {
        const anomaly: FindingDraft = { ...draft, kind: "inspection-anomaly", check, mediaPorts: [[10000, 20000]] };
        const own = draft.host.includes(":") ? "ip6tables" : "iptables";
        for (const { platform, text } of remediesFor(anomaly, SITE, new Map())) {
          if (platform !== "iptables") continue;
          for (const line of text.text.split("\n").filter((one) => /^ip6?tables .*-[sd] /.test(one))) {
            expect(line.split(" ")[0], check).toBe(own);
            const whole = line.includes(" -t nat ")
              ? TRANSLATION
              : line.includes(" -t mangle ")
                ? MARKING
                : NETFILTER_RULE;
            if (/--dports? /.test(line)) expect(line, check).toMatch(whole);
          }
          for (const [, list] of text.text.matchAll(/--[ds]ports (\S+)/g)) {
            const ports = (list as string).split(",").reduce((sum, one) => sum + (one.includes(":") ? 2 : 1), 0);
            expect(ports, check).toBeLessThanOrEqual(15);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("at FortiGate name policies apart, of long addresses too", () => {
    const [draft] = fc.sample(
      drafts.filter(
        ({ kind, contexts }) => kind === "blocked-but-required" && contexts.values().next().value?.outside === null,
      ),
      1,
    ) as [FindingDraft];
    const namesOf = (host: string) =>
      remediesFor({ ...draft, host }, SITE, new Map()).flatMap(
        ({ text }) => /set name "(.*)"/.exec(text.text)?.[1] ?? [],
      );
    const [one] = namesOf("2001:db8:1234:5678:9abc:def0:1234:5678");
    const [other] = namesOf("2001:db8:1234:5678:9abc:def0:1234:5679");
    expect(one).not.toBe(other);
    expect(one?.length).toBeLessThanOrEqual(35);
  });
});
