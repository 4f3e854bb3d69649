/**
 * FortiGate (FortiOS 4.0 MR3 and later) traffic and security logs as key=value, comma-separated pairs, CEF or JSON, from
 * syslog, disk, GUI or FortiAnalyzer. https://docs.fortinet.com/document/fortigate/7.4.3/fortios-log-message-reference
 *
 *   date=2026-07-03 time=19:10:30 devname="fw" eventtime=1783098630000000000 tz="+0200" logid="0000000013" type="traffic"
 *   subtype="forward" srcip=192.0.2.1 srcport=40001 srcintf="wan1" dstip=198.51.100.5 dstport=5061 dstintf="lan" proto=6
 *   action="close" policyid=3 sessionid=77 sentbyte=60 rcvdbyte=40
 *
 * Gaps: custom templates of 8.0. Policy ids are unique only within a policy type, which records have no place for:
 * `rule.uuid` is.
 */
import type { LogFormat } from "../format.ts";
import { FortigateLine } from "../fortigate/line.ts";
import { RecordReader } from "../fortigate/record-reader.ts";
import { KIND_BLANK, KIND_UNKNOWN } from "../fortigate/verdict.ts";
import { shareOfOurs, sniffingClock } from "../lexing/sniff-lines.ts";

/** The share of the head's lines that a FortiGate wrote, events included. */
function sniff(head: Uint8Array): number {
  const line = new FortigateLine(sniffingClock());
  return shareOfOurs(head, (start, end) => {
    const kind = line.scan(head, start, end);
    return kind === KIND_BLANK ? null : kind !== KIND_UNKNOWN;
  });
}

export const fortigate: LogFormat = {
  id: "fortigate",
  platform: "fortigate",
  title: "FortiGate traffic and security logs",
  reference: "https://docs.fortinet.com/document/fortigate/7.4.3/fortios-log-message-reference",
  samples: [
    '<189>date=2026-07-03 time=19:10:30 devname="fw-a" devid="FGT0000000000001" eventtime=1783098630123456789 tz="+0200" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=192.0.2.9 srcport=40001 srcintf="wan1" dstip=198.51.100.5 dstport=5061 dstintf="lan" sessionid=77 proto=6 action="close" policyid=3 service="tcp/5061" trandisp="dnat" tranip=192.168.10.5 tranport=5061 duration=12 sentbyte=600 rcvdbyte=400 sentpkt=6 rcvdpkt=4',
    'Jul  3 19:10:30 fw-a date=2026-07-03,time=19:10:30,devname=fw-a,logid=0000000003,type=traffic,subtype=forward,srcip=192.0.2.9,srcport=40001,srcintf="wan1",dstip=198.51.100.5,dstport=5060,dstintf="lan",proto=17,action=deny,policyid=0',
    "Jul  3 19:10:30 fw-a CEF: 0|Fortinet|Fortigate|v7.4.3|00013|traffic:forward accept|3|deviceExternalId=FGT0000000000001 FTNTFGTlogid=0000000013 cat=traffic:forward FTNTFGTsubtype=forward FTNTFGTeventtime=1783098630123456789 src=192.168.10.5 spt=5060 deviceInboundInterface=lan dst=203.0.113.7 dpt=5060 deviceOutboundInterface=wan1 proto=17 act=accept FTNTFGTpolicyid=1 FTNTFGTdstcountry=United States",
    'date=2026-07-03 time=19:10:30 eventtime=1783098630123456789 logid="0814044033" type="utm" subtype="voip" eventtype="voip" level="notice" vd="root" session_id=77 srcip=192.168.10.5 src_port=5060 dstip=203.0.113.7 dst_port=5060 proto=17 src_int="lan" dst_int="wan1" policy_id=1 voip_proto="sip" kind="register" action="block" malform_desc="unknown header"',
  ],
  unit: "sessions",
  shows: [
    "Every session of the policies that log: who opened it, how it ended, bytes and packets both ways, the policy by id, name and UUID.",
    "Addresses and ports before and after translation, both ways.",
    "What security profiles found and stopped, the SIP ALG among them, apart from what policy decided.",
    "Packets that belong to no session, where the device logs invalid packets.",
    "The virtual domain: each but root counts as a firewall of its own, device/domain.",
  ],
  hides: [
    "TCP flags, DSCP and fragments.",
    "Sessions of policies that do not log, and sessions that are still open (unless session start is logged).",
    "The SIP session helper: only the ALG of the proxy writes VoIP records.",
  ],
  enable: [
    "Allowed traffic: in each policy `set logtraffic all` (GUI: `Log Allowed Traffic`, `All Sessions`); `set logtraffic-start enable` adds the start of sessions.",
    "Denied traffic: in each deny policy `set logtraffic all` (GUI: `Log Violation Traffic`).",
    "Default deny: edit the `Implicit Deny` policy and tick `Log Violation Traffic` (CLI: `config log setting`, `set fwpolicy-implicit-log enable`).",
    "Traffic of the device itself: `config log setting`, `set local-in-allow enable`, `set local-in-deny-unicast enable`, `set local-out enable`.",
    "VoIP records: `config voip profile`, `set log-violations enable` and `set log-call-summary enable` under `config sip`, and the profile in the policy.",
    "Packets that belong to no session: `config log setting`, `set log-invalid-packet enable` (7.4 and later: `set extended-log enable`).",
    "Syslog: `config log syslogd setting`, `set status enable`, `set server ADDRESS` (any `format` is read); `config log syslogd filter`, `set forward-traffic enable`, `set local-traffic enable`.",
    "Without a server: Log & Report > Forward Traffic, Local Traffic and Security Events have a download button each; the device's memory holds a short time only.",
  ],
  sniff,
  open: ({ clock }) => {
    const reader = new RecordReader(clock);
    return (bytes, start, end, into) => reader.read(bytes, start, end, into);
  },
};
