/** German for what to change at a firewall: the steps of requirements and exposures. Menus and commands stay the product's. */
export const remedies = {
  // what a command leaves to fill in
  "<interface>": "<Schnittstelle>",
  "<interface toward {0}>": "<Schnittstelle zu {0}>",
  "<interface toward the peer>": "<Schnittstelle zur Gegenstelle>",
  "<rule>": "<Regel>",
  "<the {0}, such as {1}>": "<{0}, etwa {1}>",
  "internal peers": "interne Gegenstellen",
  "dmz peers": "Gegenstellen in der DMZ",
  "vpn peers": "Gegenstellen im VPN",
  "provider peers": "Gegenstellen beim Provider",
  "internet peers": "Gegenstellen im Internet",

  // close
  "Firewall > NAT > Port Forward: disable the forward of {0} {1} to {2}.":
    "Firewall > NAT > Port Forward: Portweiterleitung von {0} {1} an {2} deaktivieren.",
  "Firewall > Rules, interface {0}: disable the pass rule with tracking id {1} (hover over its states column to see the id).":
    "Firewall > Rules, Schnittstelle {0}: Pass-Regel mit der Tracking-ID {1} deaktivieren (die ID erscheint, wenn der Mauszeiger auf der Spalte States steht).",
  "Check: Status > System Logs > Firewall shows block lines for {0}:{1}; kill the old states (Diagnostics > States).":
    "Kontrolle: Status > System Logs > Firewall zeigt Block-Zeilen für {0}:{1}; alte Zustände löschen (Diagnostics > States).",
  "Undo: enable both again.": "Rückgängig: beides wieder aktivieren.",
  "Firewall > NAT > Destination NAT: disable the forward of {0} {1} to {2}.":
    "Firewall > NAT > Destination NAT: Portweiterleitung von {0} {1} an {2} deaktivieren.",
  "Firewall > Rules > {0}: disable the pass rule with rid {1}.":
    "Firewall > Rules > {0}: Pass-Regel mit der rid {1} deaktivieren.",
  "Check: Firewall > Log Files > Live View shows block lines for {0}:{1}; reset the old states.":
    "Kontrolle: Firewall > Log Files > Live View zeigt Block-Zeilen für {0}:{1}; alte Zustände zurücksetzen.",
  "  # show | grep -f {0}    finds the policy by id or uuid":
    "  # show | grep -f {0}    findet die Policy anhand der ID oder UUID",
  "  edit <id of {0}>": "  edit <ID von {0}>",
  "    set status disable      # or narrow srcaddr and service: {0} {1}":
    "    set status disable      # oder srcaddr und service eingrenzen: {0} {1}",
  "If a virtual IP maps to {0}, remove its port forward for {1} {2} (config firewall vip).":
    "Bildet eine Virtual IP auf {0} ab, deren Portweiterleitung für {1} {2} entfernen (config firewall vip).",
  "Check: diagnose sys session filter dst {0}; diagnose sys session clear; new attempts are logged with action=deny.":
    "Kontrolle: diagnose sys session filter dst {0}; diagnose sys session clear; neue Versuche werden mit action=deny protokolliert.",
  "Undo: set status enable.": "Rückgängig: set status enable.",
  "Then remove the DNAT and ACCEPT rules that let it in (iptables -t nat -S PREROUTING; iptables -S FORWARD).":
    "Danach die DNAT- und ACCEPT-Regeln entfernen, die diesen Verkehr hereinlassen (iptables -t nat -S PREROUTING; iptables -S FORWARD).",
  "Check: iptables -vL FORWARD counts drops. Undo: the same command with -D.":
    "Kontrolle: iptables -vL FORWARD zählt verworfene Pakete. Rückgängig: derselbe Befehl mit -D.",
  "On {0}: {1}": "Auf {0}: {1}",
  "Set-NetFirewallRule -Name <rule> -RemoteAddress LocalSubnet      # keep it for the inside":
    "Set-NetFirewallRule -Name <Regel> -RemoteAddress LocalSubnet      # intern weiterhin erlauben",
  "Check: Test-NetConnection from outside fails, pfirewall.log shows DROP. Undo: -RemoteAddress Any.":
    "Kontrolle: Test-NetConnection von außen schlägt fehl, pfirewall.log zeigt DROP. Rückgängig: -RemoteAddress Any.",

  // open
  "Firewall > Rules, interface {0}: add a pass rule, {1}, source {2}, destination {3}, port {4}, with logging, above the rule that blocks (tracking id {5}).":
    "Firewall > Rules, Schnittstelle {0}: Pass-Regel anlegen ({1}, Quelle {2}, Ziel {3}, Port {4}, mit Protokollierung), oberhalb der blockierenden Regel (Tracking-ID {5}).",
  "Check: the log shows pass lines for it. Undo: disable the rule.":
    "Kontrolle: Das Protokoll zeigt dafür Pass-Zeilen. Rückgängig: Regel deaktivieren.",
  "Firewall > Rules > {0}: add a pass rule, {1}, source {2}, destination {3}, port {4}, with logging, above the rule that blocks (rid {5}).":
    "Firewall > Rules > {0}: Pass-Regel anlegen ({1}, Quelle {2}, Ziel {3}, Port {4}, mit Protokollierung), oberhalb der blockierenden Regel (rid {5}).",
  "Check: Live View shows pass lines for it. Undo: disable the rule.":
    "Kontrolle: Live View zeigt dafür Pass-Zeilen. Rückgängig: Regel deaktivieren.",
  "    set srcaddr <address object: {0}>": "    set srcaddr <Adressobjekt: {0}>",
  "    set dstaddr <address object: {0}>": "    set dstaddr <Adressobjekt: {0}>",
  "    set service <service object: {0} {1}>": "    set service <Dienstobjekt: {0} {1}>",
  "Move it above the policy that denies ({0}; 0 is the implicit deny).":
    "Die Policy oberhalb der blockierenden einordnen ({0}; 0 ist das implizite Deny).",
  "Check: sessions are logged with action=accept or close. Undo: set status disable.":
    "Kontrolle: Sitzungen werden mit action=accept oder close protokolliert. Rückgängig: set status disable.",
  "Replies need ESTABLISHED,RELATED to be accepted. Check: the counter of the rule grows. Undo: the same command with -D.":
    "Für die Antworten muss ESTABLISHED,RELATED erlaubt sein. Kontrolle: Der Zähler der Regel steigt. Rückgängig: derselbe Befehl mit -D.",
  'Check: pfirewall.log shows ALLOW for it. Undo: Remove-NetFirewallRule -DisplayName "ringfence ...".':
    'Kontrolle: pfirewall.log zeigt dafür ALLOW. Rückgängig: Remove-NetFirewallRule -DisplayName "ringfence ...".',

  // logging
  'tick "Log packets matched from the default block rules" (Status > System Logs > Settings)':
    "„Log packets matched from the default block rules“ aktivieren (Status > System Logs > Settings)",
  'tick "Log packets matched from the default block rules" (System > Settings > Logging)':
    "„Log packets matched from the default block rules“ aktivieren (System > Settings > Logging)",
  'tick "Log packets matched from the default block rules" (Status > System Logs > Settings), and logging in the block rules':
    "„Log packets matched from the default block rules“ aktivieren (Status > System Logs > Settings), ebenso die Protokollierung in den Block-Regeln",
  'tick "Log packets matched from the default block rules" (System > Settings > Logging), and logging in the block rules':
    "„Log packets matched from the default block rules“ aktivieren (System > Settings > Logging), ebenso die Protokollierung in den Block-Regeln",
  '"set fwpolicy-implicit-log enable" (config log setting)': "„set fwpolicy-implicit-log enable“ (config log setting)",
  "a LOG rule with a prefix such as DROP as the last rule of the chain":
    "eine LOG-Regel mit einem Präfix wie DROP als letzte Regel der Chain",
  '"set fwpolicy-implicit-log enable" (config log setting) and "set logtraffic all" in deny policies':
    "„set fwpolicy-implicit-log enable“ (config log setting) und „set logtraffic all“ in Deny-Policies setzen",
  "a LOG rule with a prefix such as DROP in front of the dropping rule or the end of the chain":
    "eine LOG-Regel mit einem Präfix wie DROP vor die verwerfende Regel oder an das Ende der Chain setzen",
};
