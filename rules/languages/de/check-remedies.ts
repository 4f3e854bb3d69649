/** German for the remedies of inspection checks. Menus and commands stay the product's. */
export const checkRemedies = {
  // deep inspection
  "Give the phone system a policy of its own above the general one (narrow srcaddr, dstaddr and service) and take the profiles off it:":
    "Für die Telefonanlage eine eigene Policy oberhalb der allgemeinen anlegen (srcaddr, dstaddr und service eng fassen) und daraus die Profile entfernen:",
  "  edit <that policy>": "  edit <diese Policy>",
  "Narrower: exempt the one signature (config ips sensor: config entries, set action pass for that rule) or the one host from TLS inspection (config firewall ssl-ssh-profile: config ssl-exempt).":
    "Gezielter: nur die eine Signatur ausnehmen (config ips sensor: config entries, set action pass für diese Regel) oder nur den einen Host von der TLS-Inspektion (config firewall ssl-ssh-profile: config ssl-exempt).",
  "Check: no more blocking records for the host; diagnose debug flow shows the session offloaded. Undo: set the profiles again.":
    "Kontrolle: keine blockierenden Einträge mehr für den Host; diagnose debug flow zeigt die Sitzung als offloaded. Rückgängig: Profile wieder setzen.",

  // DSCP
  "pf keeps the mark unless told otherwise: look for a limiter, ALTQ queue or a floating match rule on the outside interface (Firewall > Traffic Shaper), and for a tunnel interface that starts a new outer header.":
    "pf behält die Markierung, sofern nichts anderes eingestellt ist: nach einem Limiter, einer ALTQ-Queue oder einer Floating-Match-Regel auf der externen Schnittstelle suchen (Firewall > Traffic Shaper), ebenso nach einer Tunnel-Schnittstelle, die einen neuen äußeren Header erzeugt.",
  "Check: pass lines with TOS 0xb8 on both interfaces. Undo: enable the shaper again.":
    "Kontrolle: Pass-Zeilen mit TOS 0xb8 auf beiden Schnittstellen. Rückgängig: Shaper wieder aktivieren.",
  "Firewall > Shaper and the rules' advanced feature Set priority / DSCP on the outside interface.":
    "Firewall > Shaper sowie in den Regeln der externen Schnittstelle die erweiterte Option Set priority / DSCP prüfen.",
  "Check: pass lines with TOS 0xb8 on both interfaces. Undo: restore the rule.":
    "Kontrolle: Pass-Zeilen mit TOS 0xb8 auf beiden Schnittstellen. Rückgängig: Regel wiederherstellen.",
  "Remove the rule that clears it, or set it again: iptables -t mangle -A POSTROUTING -p udp -s <phone system> -m multiport --sports <RTP range> -j DSCP --set-dscp-class EF":
    "Die löschende Regel entfernen oder die Markierung neu setzen: iptables -t mangle -A POSTROUTING -p udp -s <Telefonanlage> -m multiport --sports <RTP-Bereich> -j DSCP --set-dscp-class EF",
  "Check: TOS=0x18 PREC=0xA0 (together 0xb8) in LOG lines of POSTROUTING. Undo: the same command with -D.":
    "Kontrolle: TOS=0x18 PREC=0xA0 (zusammen 0xb8) in LOG-Zeilen von POSTROUTING. Rückgängig: derselbe Befehl mit -D.",

  // media
  "Firewall > Rules, interface of the block lines: pass UDP from the peers of this finding to the host's RTP range (see the blocked requirement), with logging; no port forward where the vendor wants none, but Firewall > NAT > Outbound > static port for the phone system.":
    "Firewall > Rules, Schnittstelle der Block-Zeilen: UDP von den Gegenstellen dieses Befunds zum RTP-Bereich des Hosts erlauben (siehe blockierte Anforderung), mit Protokollierung; keine Portweiterleitung, wo der Hersteller keine will, stattdessen Firewall > NAT > Outbound > Static Port für die Telefonanlage.",
  "Check: pass lines and audio both ways. Undo: disable the rule.":
    "Kontrolle: Pass-Zeilen und Ton in beiden Richtungen. Rückgängig: Regel deaktivieren.",
  "Firewall > Rules, interface of the block lines: pass UDP for the RTP range between the host and these peers.":
    "Firewall > Rules, Schnittstelle der Block-Zeilen: UDP für den RTP-Bereich zwischen dem Host und diesen Gegenstellen erlauben.",
  "Check: audio both ways. Undo: disable the rule.":
    "Kontrolle: Ton in beiden Richtungen. Rückgängig: Regel deaktivieren.",
  "Denied: add the vendor's RTP range to the service of the policy between the two. Sent and none back: diagnose sniffer packet any 'host <peer> and udp' 4 10 shows whether answers arrive at the outside interface; if they do, look for the address and port in SDP (diagnose sys sip-proxy calls list), else ask the provider.":
    "Blockiert: den RTP-Bereich des Herstellers in den Service der Policy zwischen beiden aufnehmen. Gesendet, aber nichts empfangen: diagnose sniffer packet any 'host <Gegenstelle> and udp' 4 10 zeigt, ob Antworten an der externen Schnittstelle ankommen; wenn ja, Adresse und Port im SDP prüfen (diagnose sys sip-proxy calls list), sonst beim Provider nachfragen.",
  "Check: rcvdpkt above 0 in the next calls. Undo: restore the service.":
    "Kontrolle: rcvdpkt über 0 bei den nächsten Gesprächen. Rückgängig: Service wiederherstellen.",
  "iptables -I FORWARD 1 -p udp -s <peer> -d <host> -m multiport --dports <RTP range> -j ACCEPT, and accept ESTABLISHED,RELATED before anything is dropped.":
    "iptables -I FORWARD 1 -p udp -s <Gegenstelle> -d <Host> -m multiport --dports <RTP-Bereich> -j ACCEPT, und ESTABLISHED,RELATED vor jeder verwerfenden Regel erlauben.",
  "Check: the counter grows by 50 a second during a call. Undo: the same command with -D.":
    "Kontrolle: Der Zähler steigt während eines Gesprächs um 50 pro Sekunde. Rückgängig: derselbe Befehl mit -D.",
  'New-NetFirewallRule -DisplayName "ringfence RTP" -Direction Inbound -Protocol UDP -LocalPort <RTP range> -RemoteAddress <peers> -Action Allow':
    'New-NetFirewallRule -DisplayName "ringfence RTP" -Direction Inbound -Protocol UDP -LocalPort <RTP-Bereich> -RemoteAddress <Gegenstellen> -Action Allow',
  'Check: no more DROP lines. Undo: Remove-NetFirewallRule -DisplayName "ringfence RTP".':
    'Kontrolle: keine DROP-Zeilen mehr. Rückgängig: Remove-NetFirewallRule -DisplayName "ringfence RTP".',

  // out of state
  "System > Advanced > Firewall & NAT: Firewall Optimization Options = Conservative (keeps idle states longer).":
    "System > Advanced > Firewall & NAT: Firewall Optimization Options = Conservative (behält ruhende Zustände länger).",
  "Check: the denied lines stop; Diagnostics > States shows the connection between two keepalives. Undo: Normal.":
    "Kontrolle: keine weiteren Block-Zeilen; Diagnostics > States zeigt die Verbindung zwischen zwei Keepalives. Rückgängig: Normal.",
  "Firewall > Settings > Advanced: Firewall Optimization = conservative.":
    "Firewall > Settings > Advanced: Firewall Optimization = conservative.",
  "Check: the denied lines stop. Undo: normal.": "Kontrolle: keine weiteren Block-Zeilen. Rückgängig: normal.",
  "Check: diagnose sys session list shows the session between keepalives. Undo: delete the entry.":
    "Kontrolle: diagnose sys session list zeigt die Sitzung zwischen zwei Keepalives. Rückgängig: Eintrag löschen.",
  "Check: conntrack -L -p tcp --dport 5060 shows the entry between keepalives. Undo: set the old value (432000 by default: then look for a second path or a restart).":
    "Kontrolle: conntrack -L -p tcp --dport 5060 zeigt den Eintrag zwischen zwei Keepalives. Rückgängig: alten Wert setzen (Voreinstellung 432000: dann nach einem zweiten Weg oder einem Neustart suchen).",
  "Shorten the phone system's keepalive interval: Windows Firewall has no timeout to set. Check: no more DROP lines with flags A or PA. Undo: the old interval.":
    "Keepalive-Intervall der Telefonanlage verkürzen: In der Windows-Firewall lässt sich kein Timeout einstellen. Kontrolle: keine DROP-Zeilen mit den Flags A oder PA mehr. Rückgängig: altes Intervall.",

  // pinholes
  "  edit <profile>": "  edit <Profil>",
  "Without the ALG: put all networks of the provider into srcaddr of the policy that lets its SIP and RTP in.":
    "Ohne ALG: alle Netze des Providers in srcaddr der Policy aufnehmen, die dessen SIP und RTP hereinlässt.",
  "Check: sessions from the second address are accepted. Undo: set strict-register enable.":
    "Kontrolle: Sitzungen von der zweiten Adresse werden angenommen. Rückgängig: set strict-register enable.",
  "Firewall > Aliases: add all signalling and media networks of the provider to one alias, and use it as source of the pass rule and of the port forward.":
    "Firewall > Aliases: alle Signalisierungs- und Mediennetze des Providers in einem Alias zusammenfassen und ihn als Quelle der Pass-Regel und der Portweiterleitung verwenden.",
  "Check: pass lines for the second address. Undo: take the network out of the alias.":
    "Kontrolle: Pass-Zeilen für die zweite Adresse. Rückgängig: Netz aus dem Alias entfernen.",
  "Firewall > Aliases: add all networks of the provider to the alias that the pass rule and forward use.":
    "Firewall > Aliases: alle Netze des Providers in den Alias aufnehmen, den Pass-Regel und Portweiterleitung verwenden.",
  "Check: pass lines for the second address. Undo: take it out.":
    "Kontrolle: Pass-Zeilen für die zweite Adresse. Rückgängig: wieder entfernen.",
  "With the helper: modprobe -r nf_nat_sip nf_conntrack_sip; modprobe nf_conntrack_sip sip_direct_media=0 sip_direct_signalling=0":
    "Mit Helper: modprobe -r nf_nat_sip nf_conntrack_sip; modprobe nf_conntrack_sip sip_direct_media=0 sip_direct_signalling=0",
  "Without: iptables -I FORWARD 1 -p udp -s <provider's networks> -d <phone system> -m multiport --dports <SIP, RTP> -j ACCEPT":
    "Ohne: iptables -I FORWARD 1 -p udp -s <Netze des Providers> -d <Telefonanlage> -m multiport --dports <SIP, RTP> -j ACCEPT",
  "Check: the counters grow during a call. Undo: load the module without the options; the same command with -D.":
    "Kontrolle: Die Zähler steigen während eines Gesprächs. Rückgängig: Modul ohne die Optionen laden; derselbe Befehl mit -D.",

  // rate limits
  "  edit <policy of the lines>": "  edit <Policy der Protokollzeilen>",
  "Check: diagnose ips anomaly list; no more lines with subtype=anomaly for the provider. Undo: set action block.":
    "Kontrolle: diagnose ips anomaly list; keine Zeilen mit subtype=anomaly für den Provider mehr. Rückgängig: set action block.",
  "Firewall > Rules > the pass rule of the provider > Advanced Options: raise or empty Max. src nodes, Max. connections, Max. src states.":
    "Firewall > Rules > Pass-Regel des Providers > Advanced Options: Max. src nodes, Max. connections und Max. src states erhöhen oder leeren.",
  "Check: no more block lines with reason src-limit. Undo: put the old numbers back.":
    "Kontrolle: keine Block-Zeilen mit dem Grund src-limit mehr. Rückgängig: alte Werte eintragen.",
  "Firewall > Rules > the pass rule > Advanced features: raise or empty Max source nodes / states.":
    "Firewall > Rules > Pass-Regel > Advanced features: Max source nodes / states erhöhen oder leeren.",
  "Accept the provider's media before the limit: iptables -I FORWARD 1 -p udp -s <provider> -d <phone system> -m multiport --dports <RTP range> -j ACCEPT":
    "Sprachdaten des Providers vor der Begrenzung erlauben: iptables -I FORWARD 1 -p udp -s <Provider> -d <Telefonanlage> -m multiport --dports <RTP-Bereich> -j ACCEPT",
  "Check: iptables -vL shows the limit's counter at rest during calls. Undo: the same command with -D.":
    "Kontrolle: iptables -vL zeigt, dass der Zähler der Begrenzung während Gesprächen stillsteht. Rückgängig: derselbe Befehl mit -D.",
};
