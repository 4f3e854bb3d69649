/** German for the steps at programs that write netfilter's rules. Menus and commands stay the program's. */
export const frontEnds = {
  "The rules are EdgeOS' or VyOS' own, and what iptables or nft adds beside them is lost with the next commit. So:":
    "Die Regeln schreibt EdgeOS oder VyOS selbst; was iptables oder nft daneben einträgt, ist mit dem nächsten commit verloren. Daher:",
  "The rules are OpenWrt's own, and what nft or iptables adds beside them is lost with its next start. So:":
    "Die Regeln schreibt OpenWrt selbst; was nft oder iptables daneben einträgt, ist mit dem nächsten Start verloren. Daher:",
  "The rules are Shorewall's own, and what iptables adds beside them is lost with its next start. In {0}, first behind ?SECTION NEW:":
    "Die Regeln schreibt Shorewall selbst; was iptables daneben einträgt, ist mit dem nächsten Start verloren. In {0} als Erstes hinter ?SECTION NEW:",
  "The rules are Proxmox VE's own, and what iptables adds beside them is lost within seconds. In {0}, first below {1} (or Firewall > Add in the web interface):":
    "Die Regeln schreibt Proxmox VE selbst; was iptables daneben einträgt, ist nach Sekunden verloren. In {0} als Erstes unter {1} (oder in der Weboberfläche Firewall > Add):",
  "If the rule that lets it in serves nothing else, delete it instead.":
    "Dient die Regel, die den Verkehr hereinlässt, nichts anderem, stattdessen diese löschen.",
  "Check: /var/log/pve-firewall.log has lines with DROP for it. Undo: delete the lines.":
    "Kontrolle: /var/log/pve-firewall.log enthält dafür Zeilen mit DROP. Rückgängig: die Zeilen löschen.",
  "Check: /var/log/pve-firewall.log has lines with ACCEPT for it. Undo: delete the lines.":
    "Kontrolle: /var/log/pve-firewall.log enthält dafür Zeilen mit ACCEPT. Rückgängig: die Zeilen löschen.",
  "Check: /var/log/pve-firewall.log has lines with DROP for others, and calls still come in. Undo: delete the lines.":
    "Kontrolle: /var/log/pve-firewall.log enthält für andere Zeilen mit DROP, und Anrufe kommen weiterhin an. Rückgängig: die Zeilen löschen.",
  "The rules are Proxmox VE's own: what iptables adds lasts for seconds, so put the same into its files.":
    "Die Regeln schreibt Proxmox VE selbst: Was iptables einträgt, hält nur Sekunden; daher dasselbe in seine Dateien eintragen.",
  "Then:": "Danach:",
  "<free number>": "<freie Nummer>",
  "<free number below {0}>": "<freie Nummer unter {0}>",
  "<the next free number>": "<die nächste freie Nummer>",
  "<set for what goes in, such as WAN_IN>": "<Regelsatz für das, was hineingeht, etwa WAN_IN>",
  "<the host's zone>": "<Zone des Hosts>",
  "First the provider comes in, and then nobody:": "Erst kommt der Provider herein, dann niemand mehr:",
  "Each rule goes before those above it: the provider comes in, and nobody else.":
    "Jede Regel kommt vor die über ihr: Der Provider kommt herein, sonst niemand.",
  "If the rule that lets it in, and its destination NAT, serve nothing else, delete them instead.":
    "Dienen die Regel, die den Verkehr hereinlässt, und ihr Destination NAT nichts anderem, stattdessen beide löschen.",
  "If the rule that lets it in, and its port forward (config redirect), serve nothing else, delete them instead.":
    "Dienen die Regel, die den Verkehr hereinlässt, und ihre Portweiterleitung (config redirect) nichts anderem, stattdessen beide löschen.",
  "If the rule that lets it in (ACCEPT, DNAT) serves nothing else, delete it instead.":
    "Dient die Regel, die den Verkehr hereinlässt (ACCEPT, DNAT), nichts anderem, stattdessen diese löschen.",
  "If that one and its port forward serve nothing else, pause them instead. Open connections end with a restart of the gateway, or of the host.":
    "Dienen diese und ihre Portweiterleitung nichts anderem, stattdessen beide anhalten. Bestehende Verbindungen enden mit einem Neustart des Gateways oder des Hosts.",
  "This ends connections that are open:": "Das beendet bestehende Verbindungen:",
  "This ends connections that are open (package conntrack):": "Das beendet bestehende Verbindungen (Paket conntrack):",
  "Replies need a rule of that set that accepts established and related packets.":
    "Antworten brauchen eine Regel dieses Satzes, die zugehörige Pakete annimmt (established, related).",
  "And a destination NAT (EdgeOS: service nat; VyOS: nat destination): {0}, source {1}, destination {2}, port {3}, to {4}, same port.":
    "Und ein Destination NAT (EdgeOS: service nat; VyOS: nat destination): {0}, Quelle {1}, Ziel {2}, Port {3}, nach {4}, gleicher Port.",
  "configure; delete {0} rule <number>; commit; save.": "configure; delete {0} rule <Nummer>; commit; save.",
  "Check: the log has lines with {0}-<number>-D. Undo: {1}":
    "Kontrolle: Das Protokoll enthält Zeilen mit {0}-<Nummer>-D. Rückgängig: {1}",
  "Check: the log has lines with {0}-<number>-D for others, and calls still come in. Undo: {1}":
    "Kontrolle: Das Protokoll enthält für andere Zeilen mit {0}-<Nummer>-D, und Anrufe kommen weiterhin an. Rückgängig: {1}",
  "Check: the log has lines with <number>-A. Undo: {0}":
    "Kontrolle: Das Protokoll enthält Zeilen mit <Nummer>-A. Rückgängig: {0}",
  "Check: logread has lines with ringfence-drop. {0}": "Kontrolle: logread zeigt Zeilen mit ringfence-drop. {0}",
  "Check: logread has lines with ringfence-accept. {0}": "Kontrolle: logread zeigt Zeilen mit ringfence-accept. {0}",
  "Check: logread has lines with ringfence-drop for others, and calls still come in. {0}":
    "Kontrolle: logread zeigt für andere Zeilen mit ringfence-drop, und Anrufe kommen weiterhin an. {0}",
  "Undo: uci show firewall | grep ringfence names them; uci delete, uci commit firewall, service firewall restart.":
    "Rückgängig: uci show firewall | grep ringfence nennt sie; uci delete, uci commit firewall, service firewall restart.",
  "Check: the log has lines with Shorewall:{0}:DROP. Undo: delete the lines, and reload.":
    "Kontrolle: Das Protokoll enthält Zeilen mit Shorewall:{0}:DROP. Rückgängig: die Zeilen löschen und neu laden.",
  "Check: the log has lines with Shorewall:{0}:DROP for others, and calls still come in. Undo: delete the lines, and reload.":
    "Kontrolle: Das Protokoll enthält für andere Zeilen mit Shorewall:{0}:DROP, und Anrufe kommen weiterhin an. Rückgängig: die Zeilen löschen und neu laden.",
  "Check: the log has lines with Shorewall:{0}:ACCEPT, or with DNAT. Undo: delete the lines, and reload.":
    "Kontrolle: Das Protokoll enthält Zeilen mit Shorewall:{0}:ACCEPT oder mit DNAT. Rückgängig: die Zeilen löschen und neu laden.",
  "UniFi Network, Settings > Policy Table (by version Policy Engine, Security, or Traffic & Firewall Rules)":
    "UniFi Network, Settings > Policy Table (je nach Version Policy Engine, Security oder Traffic & Firewall Rules)",
  "{0}, above the one that lets it in ({1}), add with action Block and logging:":
    "{0}, über der Regel, die den Verkehr hereinlässt ({1}), mit Aktion Block und Protokollierung anlegen:",
  "{0}, above the one that blocks ({1}), add with action Allow, logging and return traffic:":
    "{0}, über der blockierenden Regel ({1}), mit Aktion Allow, Protokollierung und Rückverkehr anlegen:",
  "{0}, port forwarding: add, with logging:": "{0}, Portweiterleitung: mit Protokollierung anlegen:",
  "{0}: in the one that lets it in ({1}), and in its port forward, let only these in: {2}.":
    "{0}: In der Regel, die den Verkehr hereinlässt ({1}), und in ihrer Portweiterleitung nur diese hereinlassen: {2}.",
  "{0}: in the one that lets it in ({1}), and in its port forward, let only the provider's addresses in.":
    "{0}: In der Regel, die den Verkehr hereinlässt ({1}), und in ihrer Portweiterleitung nur die Adressen des Providers hereinlassen.",
  "Check: the log has lines with -D- for it. Undo: pause the new one.":
    "Kontrolle: Das Protokoll enthält dafür Zeilen mit -D-. Rückgängig: die neue Regel anhalten.",
  "Check: the log has lines with -A- for it. Undo: pause the new one.":
    "Kontrolle: Das Protokoll enthält dafür Zeilen mit -A-. Rückgängig: die neue Regel anhalten.",
  "Check: the log has lines with -D- for others, and calls still come in. Undo: Source any.":
    "Kontrolle: Das Protokoll enthält für andere Zeilen mit -D-, und Anrufe kommen weiterhin an. Rückgängig: Source any.",
  "On OpenWrt: uci set firewall.@zone[<n>].auto_helper='0' for each zone, uci commit firewall, service firewall restart; or remove the package kmod-nf-nathelper-extra.":
    "Auf OpenWrt: uci set firewall.@zone[<n>].auto_helper='0' für jede Zone, uci commit firewall, service firewall restart; oder das Paket kmod-nf-nathelper-extra entfernen.",
  "In Shorewall: AUTOHELPERS=No and no sip in HELPERS (shorewall.conf), no sip in the file conntrack, then shorewall reload.":
    "In Shorewall: AUTOHELPERS=No und kein sip in HELPERS (shorewall.conf), kein sip in der Datei conntrack, dann shorewall reload.",
  "On UniFi gateways: switch off SIP among the conntrack modules (UniFi Network, settings of the gateway or its firewall).":
    "Auf UniFi-Gateways: SIP bei den Conntrack-Modulen abschalten (UniFi Network, Einstellungen des Gateways oder seiner Firewall).",
  "On EdgeOS, and VyOS before 1.4: configure; set system conntrack modules sip disable; commit; save. On later VyOS: delete system conntrack modules sip.":
    "Auf EdgeOS und VyOS vor 1.4: configure; set system conntrack modules sip disable; commit; save. Auf neuerem VyOS: delete system conntrack modules sip.",
  "On EdgeOS and VyOS, to last: configure; set system conntrack timeout udp other 60; set system conntrack timeout udp stream 300; commit; save.":
    "Auf EdgeOS und VyOS auf Dauer: configure; set system conntrack timeout udp other 60; set system conntrack timeout udp stream 300; commit; save.",
  "The rules are OpenWrt's own: what iptables adds lasts until its next start, so put the same into /etc/config/firewall.":
    "Die Regeln schreibt OpenWrt selbst: Was iptables einträgt, hält bis zum nächsten Start; daher dasselbe in /etc/config/firewall eintragen.",
  "The rules are Shorewall's own: what iptables adds lasts until its next start, so put the same into its files.":
    "Die Regeln schreibt Shorewall selbst: Was iptables einträgt, hält bis zum nächsten Start; daher dasselbe in seine Dateien eintragen.",
  "The rules are UniFi's own: what iptables adds lasts until it provisions the gateway again, so make the same policy in UniFi Network.":
    "Die Regeln schreibt UniFi selbst: Was iptables einträgt, hält, bis das Gateway neu eingerichtet wird; daher dieselbe Regel in UniFi Network anlegen.",
  "The rules are EdgeOS' or VyOS' own: what iptables adds lasts until the next commit, so configure the same.":
    "Die Regeln schreibt EdgeOS oder VyOS selbst: Was iptables einträgt, hält bis zum nächsten commit; daher dasselbe konfigurieren.",
};
