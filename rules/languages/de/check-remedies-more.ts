/** German for the remedies of inspection checks, from unanswered requests on. Menus and commands stay the product's. */
export const moreCheckRemedies = {
  // replies
  "Answers denied on another interface than the request left by: System > Routing (default gateway, policy routes of the rule), Firewall > Rules: sloppy state type only as a stopgap.":
    "Antworten auf einer anderen Schnittstelle blockiert, als die Anfrage verlassen hat: System > Routing (Default-Gateway, Policy-Routing der Regel) prüfen; Firewall > Rules: State Type „sloppy“ nur als Notbehelf.",
  "Check: no more block lines with flags SA. Undo: restore the gateway of the rule.":
    "Kontrolle: keine Block-Zeilen mit den Flags SA mehr. Rückgängig: Gateway der Regel wiederherstellen.",
  "System > Gateways and the gateway of the pass rule: request and answer must use the same one.":
    "System > Gateways und das Gateway der Pass-Regel: Anfrage und Antwort müssen dasselbe verwenden.",
  "Check: no more block lines with flags SA. Undo: restore the gateway.":
    "Kontrolle: keine Block-Zeilen mit den Flags SA mehr. Rückgängig: Gateway wiederherstellen.",
  "{0} -I {1} 1 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT      # before any drop":
    "{0} -I {1} 1 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT      # vor jedem Drop",
  "Check: no more lines with ACK SYN from the peer. Undo: the same command with -D.":
    "Kontrolle: keine Zeilen mit ACK SYN von der Gegenstelle mehr. Rückgängig: derselbe Befehl mit -D.",
  "Get-NetRoute and Get-NetAdapter: two adapters or a VPN client may split the path; a filter driver of a security suite may drop answers (Get-NetAdapterBinding).":
    "Get-NetRoute und Get-NetAdapter: Zwei Adapter oder ein VPN-Client können den Weg aufteilen; ein Filtertreiber einer Security-Suite kann Antworten verwerfen (Get-NetAdapterBinding).",
  "Check: no more DROP lines with flags AS. Undo: enable the adapter or driver again.":
    "Kontrolle: keine DROP-Zeilen mit den Flags AS mehr. Rückgängig: Adapter oder Treiber wieder aktivieren.",

  // SIP ALG
  "Remove the VoIP profile from the policy of the phone system. New sessions only: clear the old ones (diagnose sys session filter dport 5060; diagnose sys session clear).":
    "VoIP-Profil aus der Policy der Telefonanlage entfernen. Gilt nur für neue Sitzungen: alte löschen (diagnose sys session filter dport 5060; diagnose sys session clear).",
  "Check: no more lines with subtype=voip. Undo: set default-voip-alg-mode proxy-based, and add the session helper again.":
    "Kontrolle: keine Zeilen mit subtype=voip mehr. Rückgängig: set default-voip-alg-mode proxy-based und den Session-Helper wieder anlegen.",
  "Fortinet itself recommends to keep the ALG; the phone system's vendor decides for its own product.":
    "Fortinet selbst empfiehlt, das ALG eingeschaltet zu lassen; für die Telefonanlage entscheidet deren Hersteller.",
  "sysctl -w net.netfilter.nf_conntrack_helper=0      # kernels before 6.0":
    "sysctl -w net.netfilter.nf_conntrack_helper=0      # Kernel vor 6.0",
  "Delete the rules that give the helper to this traffic: iptables -t raw -S | grep -i 'helper sip' ; nft list ruleset | grep -E 'ct helper|type \"sip\"'":
    "Die Regeln löschen, die diesem Verkehr den Helper geben: iptables -t raw -S | grep -i 'helper sip' ; nft list ruleset | grep -E 'ct helper|type \"sip\"'",
  "What it holds already it keeps until it is forgotten:": "Was er schon hält, behält er, bis es vergessen ist:",
  "Check: conntrack -L | grep helper=sip prints nothing. Undo: remove that file, load the modules and add the rules again.":
    "Kontrolle: conntrack -L | grep helper=sip gibt nichts aus. Rückgängig: Datei löschen, Module wieder laden, Regeln wieder anlegen.",
  "See the field malform_desc, reason or attack of the lines: config voip profile / edit <profile> / config sip / set malformed-<field> pass for the header named, or raise the limit (register-rate, invite-rate).":
    "Feld malform_desc, reason oder attack der Zeilen auswerten: config voip profile / edit <Profil> / config sip / set malformed-<Feld> pass für den genannten Header, oder das Limit anheben (register-rate, invite-rate).",
  "To take the ALG out of the path altogether see: ringfence checks explain sip-alg-active.":
    "Das ALG ganz aus dem Weg nehmen: siehe ringfence checks explain sip-alg-active.",
  "Check: diagnose sys sip-proxy stats; no more lines with logid 0814044033. Undo: unset the same setting.":
    "Kontrolle: diagnose sys sip-proxy stats; keine Zeilen mit logid 0814044033 mehr. Rückgängig: unset für dieselbe Einstellung.",
  "Without the helper, media need rules of their own (the vendor's RTP range).":
    "Ohne den Helper brauchen Sprachdaten eigene Regeln (RTP-Bereich des Herstellers).",
  "Check: conntrack -L | grep helper=sip prints nothing, and the kernel log has no more nf_ct_sip lines. Undo: add the rules again.":
    "Kontrolle: conntrack -L | grep helper=sip gibt nichts aus, und das Kernel-Log enthält keine nf_ct_sip-Zeilen mehr. Rückgängig: Regeln wieder anlegen.",

  // fragments
  "System > Advanced > Firewall & NAT: untick Disable Firewall Scrub (pf then puts fragments together before the rules), and keep Clear invalid DF bits off unless a device needs it.":
    "System > Advanced > Firewall & NAT: Disable Firewall Scrub abwählen (pf setzt Fragmente dann vor den Regeln zusammen); Clear invalid DF bits nur einschalten, wenn ein Gerät es braucht.",
  "Or have the phone system and provider use SIP over TCP or TLS, or fewer codecs.":
    "Oder Telefonanlage und Provider auf SIP über TCP oder TLS umstellen oder weniger Codecs anbieten.",
  "Check: no more block lines of UDP with an offset. Undo: tick it again.":
    "Kontrolle: keine UDP-Block-Zeilen mit Offset mehr. Rückgängig: Option wieder anwählen.",
  "Firewall > Settings > Normalization: untick Disable interface scrub.":
    "Firewall > Settings > Normalization: Disable interface scrub abwählen.",
  "Check: no more lines with FRAG: for the provider. Undo: the same command with -D.":
    "Kontrolle: keine Zeilen mit FRAG: für den Provider mehr. Rückgängig: derselbe Befehl mit -D.",

  // source ports
  "One inside system for each port and outside address: a second one behind the same address needs an IP pool of its own.":
    "Je Port und externer Adresse nur ein internes System: Ein zweites hinter derselben Adresse braucht einen eigenen IP-Pool.",
  "Check: transport equals srcport in new sessions. Undo: set fixedport disable.":
    "Kontrolle: In neuen Sitzungen ist transport gleich srcport. Rückgängig: set fixedport disable.",
  "Firewall > NAT > Outbound: Hybrid; add a mapping on the outside interface, protocol UDP, source the phone system, Translation: tick Static Port. Kill the old states.":
    "Firewall > NAT > Outbound: Hybrid; Mapping auf der externen Schnittstelle anlegen (Protokoll UDP, Quelle Telefonanlage, Translation: Static Port aktivieren). Alte Zustände löschen.",
  "Check: pass lines on the outside interface leave from the same port. Undo: disable the mapping.":
    "Kontrolle: Pass-Zeilen auf der externen Schnittstelle zeigen denselben Quellport. Rückgängig: Mapping deaktivieren.",
  "Firewall > NAT > Outbound: Hybrid; add a rule for the phone system with Static-port. Reset the old states.":
    "Firewall > NAT > Outbound: Hybrid; Regel für die Telefonanlage mit Static-port anlegen. Alte Zustände zurücksetzen.",
  "Check: the port is the same on both interfaces. Undo: disable the rule.":
    "Kontrolle: Der Port ist auf beiden Schnittstellen derselbe. Rückgängig: Regel deaktivieren.",

  // exhausted states
  "pfctl -si | grep -A3 'State Table' ; pfctl -sm      # how full it is, and the limits":
    "pfctl -si | grep -A3 'State Table' ; pfctl -sm      # Füllstand und Grenzwerte",
  "System > Advanced > Firewall & NAT: raise Firewall Maximum States (about 1 KiB of memory each). Reason state-limit: the rule's Advanced Options, Max. states. Reason map-failed or translate: more outside addresses or a wider port range for outbound NAT.":
    "System > Advanced > Firewall & NAT: Firewall Maximum States erhöhen (je etwa 1 KiB Speicher). Grund state-limit: in den Advanced Options der Regel Max. states. Grund map-failed oder translate: mehr externe Adressen oder ein größerer Portbereich für das ausgehende NAT.",
  "Check: no more block lines with that reason. Undo: empty the field (default).":
    "Kontrolle: keine Block-Zeilen mit diesem Grund mehr. Rückgängig: Feld leeren (Voreinstellung).",
  "Firewall > Settings > Advanced: Firewall Maximum States; for state-limit the rule's own Max states.":
    "Firewall > Settings > Advanced: Firewall Maximum States; bei state-limit das Max states der Regel.",
  "sysctl -w net.netfilter.nf_conntrack_max=524288      # or twice what it is; keep it in /etc/sysctl.d":
    "sysctl -w net.netfilter.nf_conntrack_max=524288      # oder das Doppelte von jetzt; dauerhaft in /etc/sysctl.d",
  "Ports in use for SDP media: many phones behind one NAT share the helper's expectations; take the SIP helper off them and open the vendor's RTP range instead.":
    "Belegte Ports für SDP-Medien: Viele Telefone hinter einem NAT teilen sich die Expectations des Helpers; den SIP-Helper dort abschalten und stattdessen den RTP-Bereich des Herstellers freigeben.",
  "Check: conntrack -S shows no growing drop or insert_failed. Undo: set the old value.":
    "Kontrolle: drop und insert_failed in conntrack -S steigen nicht mehr. Rückgängig: alten Wert setzen.",

  // UDP timeouts
  "System > Advanced > Firewall & NAT > State Timeouts: UDP First 60, UDP Single 300, UDP Multiple 300 (or Firewall Optimization Options = Conservative).":
    "System > Advanced > Firewall & NAT > State Timeouts: UDP First 60, UDP Single 300, UDP Multiple 300 (oder Firewall Optimization Options = Conservative).",
  "Check: pfctl -st | grep udp; the block lines stop. Undo: empty the fields.":
    "Kontrolle: pfctl -st | grep udp; keine weiteren Block-Zeilen. Rückgängig: Felder leeren.",
  "Check: pfctl -st | grep udp; the block lines stop. Undo: normal.":
    "Kontrolle: pfctl -st | grep udp; keine weiteren Block-Zeilen. Rückgängig: normal.",
  "sysctl -w net.netfilter.nf_conntrack_udp_timeout_stream=300      # keep both in /etc/sysctl.d":
    "sysctl -w net.netfilter.nf_conntrack_udp_timeout_stream=300      # beides dauerhaft in /etc/sysctl.d",
  "Check: conntrack -L -p udp --dport 5060 shows the entry between two keepalives. Undo: 30 and 120.":
    "Kontrolle: conntrack -L -p udp --dport 5060 zeigt den Eintrag zwischen zwei Keepalives. Rückgängig: 30 und 120.",
  "Windows Firewall has no UDP timeout to set: shorten the keepalive or registration interval of the phone system, or allow the peer's port:":
    "In der Windows-Firewall lässt sich kein UDP-Timeout einstellen: Keepalive- oder Registrierungsintervall der Telefonanlage verkürzen oder den Port der Gegenstelle erlauben:",
  'Check: no more DROP lines. Undo: Remove-NetFirewallRule -DisplayName "ringfence SIP peer".':
    'Kontrolle: keine DROP-Zeilen mehr. Rückgängig: Remove-NetFirewallRule -DisplayName "ringfence SIP peer".',
  "From 7.4.4 set port-preserve enable does it too, and keeps more ports usable.":
    "Ab 7.4.4 leistet das auch set port-preserve enable und lässt mehr Ports nutzbar.",
  "Does the answer reach the outside interface?": "Erreicht die Antwort die externe Schnittstelle?",
  "<peer>": "<Gegenstelle>",
  "<port>": "<Port>",
  "The number of the session helper sip stands in:": "Die Nummer des Session Helpers sip steht in:",
  "<its number>": "<seine Nummer>",
  "Which shaper it is stands in shapersentname and shaperrcvdname of the lines, and in:":
    "Welcher Shaper es ist, steht in shapersentname und shaperrcvdname der Zeilen und in:",
  "Give voice a shaper of its own (100 kbit/s guaranteed for each call at the same time; here for ten):":
    "Der Sprache einen eigenen Shaper geben (100 kbit/s garantiert je gleichzeitigem Gespräch; hier für zehn):",
  "Then a shaping policy with it, above the others, for traffic between {0} and {1}:":
    "Dann eine Shaping-Regel damit, über den anderen, für den Verkehr zwischen {0} und {1}:",
  "Policy & Objects > Traffic Shaping > Traffic Shaping Policies (config firewall shaping-policy: set traffic-shaper and set traffic-shaper-reverse to rf-voice).":
    "Policy & Objects > Traffic Shaping > Traffic Shaping Policies (config firewall shaping-policy: set traffic-shaper und set traffic-shaper-reverse auf rf-voice).",
  "Check: shaperdropsentbyte and shaperdroprcvdbyte stay 0 in the sessions of calls. Undo: delete the shaping policy.":
    "Kontrolle: shaperdropsentbyte und shaperdroprcvdbyte bleiben in den Sitzungen von Gesprächen 0. Rückgängig: die Shaping-Regel löschen.",
  "Rules with --random or --to-ports change the source port:":
    "Regeln mit --random oder --to-ports ändern den Quellport:",
  "Check: audio both ways, after a pause too. Undo: 30 and 120.":
    "Kontrolle: Ton in beide Richtungen, auch nach einer Pause. Rückgängig: 30 und 120.",
  "netfilter keeps the port unless a rule says otherwise (--random, --to-ports; random, fully-random), or another system inside has it already:":
    "netfilter behält den Port bei, wenn keine Regel es anders will (--random, --to-ports; random, fully-random) und ihn kein anderes internes System schon hat:",
  "Before such a rule:": "Vor einer solchen Regel:",
  "What is translated already stays so until it is forgotten:":
    "Was schon übersetzt ist, bleibt es, bis es vergessen ist:",
  "Check: conntrack -L -p udp --orig-src {0} shows the same port both ways. Undo: the same command with -D.":
    "Kontrolle: conntrack -L -p udp --orig-src {0} zeigt in beiden Richtungen denselben Port. Rückgängig: derselbe Befehl mit -D.",
};
