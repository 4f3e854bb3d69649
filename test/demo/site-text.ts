/** The site file of Muster GmbH. */
import { CLOUD, HQ, NORD, PROVIDER } from "./places.ts";

export const SITE_TEXT = `# The example site of ringfence: written by test/demo/generate.ts (npm run demo:generate).
site: Muster GmbH
timezone: Europe/Berlin

networks:
  hq-voice:     {cidr: [10.20.0.0/24], zone: internal}
  hq-office:    {cidr: [${HQ.officeCidr}], zone: internal}
  hq-ipv6:      {cidr: ["2001:db8:20::/48"], zone: internal}
  hq-vpn:       {cidr: [${HQ.remoteUsersCidr}], zone: vpn}
  nord-voice:   {cidr: [192.168.10.0/24], zone: internal}
  nord-office:  {cidr: [${NORD.officeCidr}], zone: internal}
  nord-hall:    {cidr: [192.168.12.0/24], zone: internal}
  nord-ipv6:    {cidr: ["2001:db8:10:11::/64"], zone: internal}
  home-offices: {cidr: [${NORD.homeOfficeCidr}], zone: vpn}
  provider:     {cidr: [${PROVIDER.cidr}], zone: provider}

firewalls:
  - name: fgt-60f
    platform: fortigate
    interfaces: {wan1: internet, vlan20-srv: internal, vlan21-voice: internal, vlan30-office: internal, ssl.root: vpn}
    public: [${HQ.wan}]
    forwards:
      - "tcp ${HQ.wan}:16203 -> ${HQ.server}:16203"
      - "tcp ${HQ.wan}:9101 -> ${HQ.server}:9101"
  - name: pf-nord.muster.example
    platform: pfsense
    interfaces: {igb0: internet, igb1.10: internal, igb1.11: internal, igb1.12: internal, ovpns1: vpn}
    public: [${NORD.wan}, "${NORD.wanV6}"]
  - name: linux-gw
    platform: iptables
    interfaces: {eth0: provider, eth1: internal}
    public: [${HQ.trunk}]
    forwards: ["udp ${HQ.trunk}:65002 -> ${HQ.server}:65002"]
  - name: swyx-server
    platform: windows

deployments:
  - catalog: swyxware
    version: "13.10"
    features: [fax, mobile, remote-connector]
    parameters: {connections: 40}
    hosts:
      IpPbxSrv: [${HQ.server}, "${HQ.serverV6}"]
      phones: [${HQ.phonesCidr}]
      clients: [${HQ.officeCidr}, ${HQ.remoteUsersCidr}]
      license.swyx.com: [${CLOUD.swyxLicence}]
      cpe.swyx.com: [${CLOUD.swyxPhoneList}]
  - catalog: agfeo
    features: [es-7xx-plus]
    hosts:
      pbx: [${NORD.pbx}]
      phones: [${NORD.phonesCidr}, ${NORD.homeOfficeCidr}]
      asip-phones: [${NORD.systemPhonesCidr}]
      clients: [${NORD.officeCidr}]
      provider: [${PROVIDER.cidr}]
      pbx.agfeo.de: [${CLOUD.agfeoLicence}]
`;
