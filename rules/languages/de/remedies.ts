/** German for what to change at a firewall: the steps of requirements and exposures. Menus and commands stay the product's. */
export const remedies = {
  "Telephones and users come in by the same interface: each line goes before those above it, so that the inside ({0}) still passes.":
    "Telefone und Benutzer kommen über dieselbe Schnittstelle: Jede Zeile kommt vor die über ihr, damit das Innere ({0}) weiter durchkommt.",
  "<the {0}, such as {1}>": "<{0}, etwa {1}>",
  "internal peers": "interne Gegenstellen",
  "dmz peers": "Gegenstellen in der DMZ",
  "vpn peers": "Gegenstellen im VPN",
  "provider peers": "Gegenstellen beim Provider",
  "internet peers": "Gegenstellen im Internet",
  "<address objects of the provider>": "<Adressobjekte des Providers>",
  "<addresses of the provider>": "<Adressen des Providers>",
  "<interface toward the initiator>": "<Schnittstelle zum Absender>",
  "<interface toward the responder>": "<Schnittstelle zum Ziel>",
  "<name>": "<Name>",
  "<number of that policy>": "<Nummer dieser Policy>",
  "<number of the new policy>": "<Nummer der neuen Policy>",
  "the interface where the traffic comes in": "die Schnittstelle, an der der Verkehr ankommt",
  "tab Floating, direction out, interface assigned to {0}":
    "Reiter Floating, Richtung out, Schnittstelle mit der Zuordnung {0}",
  "A rule lets everything through to {0} ({1}): put rules in front of it for what the vendor asks for (the requirements of this report), with logging, and disable it.":
    "Eine Regel lässt alles zu {0} durch ({1}): davor Regeln für das anlegen, was der Hersteller verlangt (die Anforderungen dieses Berichts), mit Protokollierung, und sie dann deaktivieren.",
  "A rule lets everything through to {0}: put rules in front of it for what the vendor asks for (the requirements of this report), with logging, and disable it.":
    "Eine Regel lässt alles zu {0} durch: davor Regeln für das anlegen, was der Hersteller verlangt (die Anforderungen dieses Berichts), mit Protokollierung, und sie dann deaktivieren.",
  "A rule that blocks wins over every rule that allows: look for one if packets are still dropped.":
    "Eine blockierende Regel geht jeder erlaubenden vor: nach einer solchen suchen, falls weiterhin Pakete verworfen werden.",
  "Check: audit again after a day; what is still needed then shows as blocked. Undo: enable it again.":
    "Kontrolle: nach einem Tag erneut prüfen; was noch gebraucht wird, erscheint dann als blockiert. Rückgängig: wieder aktivieren.",
  "Check: {0} -vnL {1} counts packets in both, and calls still come in.":
    "Kontrolle: {0} -vnL {1} zählt Pakete in beiden, und Anrufe kommen weiterhin an.",
  "Check: {0} -vnL {1} counts packets in the new rule.": "Kontrolle: {0} -vnL {1} zählt Pakete in der neuen Regel.",
  "Check: new attempts are logged with action=deny. Undo: set status disable in the new policy.":
    "Kontrolle: neue Versuche werden mit action=deny protokolliert. Rückgängig: set status disable in der neuen Policy.",
  "Check: others are logged with action=deny, and calls still come in. Undo: set the old srcaddr.":
    "Kontrolle: andere werden mit action=deny protokolliert, und Anrufe kommen weiterhin an. Rückgängig: das alte srcaddr setzen.",
  "Check: pfirewall.log shows ALLOW for it. Undo:": "Kontrolle: pfirewall.log zeigt dafür ALLOW. Rückgängig:",
  "On {0}, a rule that blocks, which wins over every rule that allows:":
    "Auf {0} eine Regel, die blockiert; sie geht jeder Regel vor, die zulässt:",
  "Check: pfirewall.log shows DROP for new attempts. Undo:":
    "Kontrolle: pfirewall.log zeigt DROP für neue Versuche. Rückgängig:",
  "Check: pfirewall.log shows DROP for new attempts. Undo: the same with the old RemoteAddress.":
    "Kontrolle: pfirewall.log zeigt DROP für neue Versuche. Rückgängig: dasselbe mit der alten RemoteAddress.",
  "Check: pfirewall.log shows DROP for others, and calls still come in. Undo: the same with the old RemoteAddress.":
    "Kontrolle: pfirewall.log zeigt DROP für andere, und Anrufe kommen weiterhin an. Rückgängig: dasselbe mit der alten RemoteAddress.",
  "Check: sessions are logged with action=accept or close. Undo: set status disable in the new policy.":
    "Kontrolle: Sitzungen werden mit action=accept oder close protokolliert. Rückgängig: set status disable in der neuen Policy.",
  "Check: {0} shows block lines for it. Undo: disable the block rule.":
    "Kontrolle: {0} zeigt dafür Block-Zeilen. Rückgängig: Block-Regel deaktivieren.",
  "Check: {0} shows block lines for others, and calls still come in. Undo: Source any.":
    "Kontrolle: {0} zeigt Block-Zeilen für andere, und Anrufe kommen weiterhin an. Rückgängig: Source any.",
  "Check: {0} shows pass lines for it. Undo: disable the rule.":
    "Kontrolle: {0} zeigt dafür Pass-Zeilen. Rückgängig: Regel deaktivieren.",
  "The packets denied were on their way back: where the opening passes they do too, without a rule. Let the opening pass, if it does not yet:":
    "Die blockierten Pakete waren auf dem Rückweg: Wo der Verbindungsaufbau durchkommt, kommen auch sie ohne eigene Regel durch. Den Aufbau durchlassen, falls noch nicht geschehen:",
  "Audio may begin at either end, so let both ways pass: what was denied ({0}, source {1}, port {2}, destination {3}, any port), and:":
    "Sprachdaten können an beiden Enden beginnen, daher beide Richtungen durchlassen: was blockiert wurde ({0}, Quelle {1}, Port {2}, Ziel {3}, beliebiger Port), und:",
  "Inside, the peers had better call {0} by its own address (DNS, settings of the telephones). Else:":
    "Im internen Netz sollten die Gegenstellen {0} besser unter der eigenen Adresse ansprechen (DNS, Einstellungen der Telefone). Sonst:",
  "The packets came to {0}, and no port forward took them on. One is needed only where the peers are to begin: what answers the host's own packets gets in without.":
    "Die Pakete kamen bei {0} an, und keine Portweiterleitung hat sie übernommen. Nötig ist eine nur, wo die Gegenstellen beginnen sollen: Antworten auf Pakete des Hosts selbst kommen ohne sie herein.",
  "If it passes already, the firewall had forgotten the conversation, or changed a port on the way out: compare its UDP timeout with the keepalive, and the source ports on both sides.":
    "Kommt er schon durch, hatte die Firewall die Verbindung vergessen oder auf dem Weg nach außen einen Port geändert: ihr UDP-Timeout mit dem Keepalive vergleichen, ebenso die Quellports auf beiden Seiten.",
  "{0}, {1}: add, with a filter rule that logs:": "{0}, {1}: mit einer Filterregel, die protokolliert, anlegen:",
  "- IPv4 {0}, source {1}, destination {2}, port {3}, redirect to {4}, same port":
    "- IPv4 {0}, Quelle {1}, Ziel {2}, Port {3}, umleiten auf {4}, gleicher Port",
  "Check: {0} shows pass lines for it. Undo: disable the port forward and its rule.":
    "Kontrolle: {0} zeigt dafür Pass-Zeilen. Rückgängig: Portweiterleitung und ihre Regel deaktivieren.",
  "The line of the table nat: with -D PREROUTING in place of -I PREROUTING 1.":
    "Die Zeile der Tabelle nat: mit -D PREROUTING statt -I PREROUTING 1.",
  "With nftables or ufw (/etc/ufw/before.rules) the same by a dnat rule in prerouting. And let pass:":
    "Mit nftables oder ufw (/etc/ufw/before.rules) dasselbe durch eine dnat-Regel in prerouting. Und durchlassen:",
  "<the host in {0}>": "<der Host in {0}>",
  "This ends connections that are open, which ufw's rules let be:":
    "Das beendet bestehende Verbindungen, die ufws Regeln unberührt lassen:",
  "Keep it over a restart: netfilter-persistent save, or where the machine's rules are written (/etc/nftables.conf).":
    "Über einen Neustart erhalten: netfilter-persistent save, oder dort eintragen, wo die Regeln des Rechners stehen (/etc/nftables.conf).",
  "Firewall > Aliases: an alias of type Host or Network with the provider's addresses.":
    "Firewall > Aliases: einen Alias vom Typ Host oder Network mit den Adressen des Providers anlegen.",
  "Firewall > Rules, {0}: above the rule that blocks ({1}; the default deny always stands last), add with action Pass and logging:":
    "Firewall > Rules, {0}: über der blockierenden Regel ({1}; das Default Deny steht immer zuletzt) mit Aktion Pass und Protokollierung anlegen:",
  "Firewall > Rules, {0}: above the rule that lets it in ({1}), add with action Block and logging:":
    "Firewall > Rules, {0}: über der Regel, die den Verkehr hereinlässt ({1}), mit Aktion Block und Protokollierung anlegen:",
  "Firewall > Rules, {0}: in the rule that lets it in ({1}), set Source to that alias; the same in its port forward ({2}).":
    "Firewall > Rules, {0}: in der Regel, die den Verkehr hereinlässt ({1}), Source auf diesen Alias setzen; ebenso in ihrer Portweiterleitung ({2}).",
  "If that rule and its port forward ({0}) serve nothing else, disable them instead.":
    "Dienen diese Regel und ihre Portweiterleitung ({0}) nichts anderem, stattdessen beide deaktivieren.",
  "If the policy that lets it in, and the virtual IP that maps to {0} (config firewall vip), serve nothing else, disable that policy instead (set status disable).":
    "Dienen die Policy, die den Verkehr hereinlässt, und die Virtual IP auf {0} (config firewall vip) nichts anderem, stattdessen diese Policy deaktivieren (set status disable).",
  "Keep the rule for the inside, after noting its RemoteAddress (Get-NetFirewallRule -Name <name> | Get-NetFirewallAddressFilter):":
    "Die Regel für das interne Netz behalten; vorher ihre RemoteAddress notieren (Get-NetFirewallRule -Name <Name> | Get-NetFirewallAddressFilter):",
  "Let only the provider and the inside use the rule:":
    "Die Regel nur für den Provider und das interne Netz gelten lassen:",
  "Old states stay open: remove those of {0} ({1}), or in a shell:":
    "Alte Zustände bleiben sonst offen: die von {0} löschen ({1}) oder in einer Shell:",
  "Old states stay open: remove those of {0} ({1}).": "Alte Zustände bleiben sonst offen: die von {0} löschen ({1}).",
  "On {0}, the rules that may let it in (a rule for a range of ports, or for all, may be another):":
    "Auf {0} die Regeln, die den Verkehr hereinlassen können (auch eine Regel für einen Portbereich oder für alles kommt in Frage):",
  "Replies need a rule that accepts ESTABLISHED,RELATED, before any that drops.":
    "Antworten brauchen eine Regel, die ESTABLISHED,RELATED annimmt, vor jeder, die verwirft.",
  "Sessions that are open stay open:": "Bestehende Sitzungen bleiben sonst offen:",
  "The number of the policy that decided stands in:": "Die Nummer der Policy, die entschieden hat, steht in:",
  "The same for nftables and ufw: an accept for the provider before a drop for all.":
    "Ebenso bei nftables und ufw: ein accept für den Provider vor einem drop für alle.",
  "The vendor names {0}: an address object with set type fqdn follows the name where the addresses change.":
    "Der Hersteller nennt {0}: Ein Adressobjekt mit set type fqdn folgt dem Namen, wenn die Adressen wechseln.",
  "The vendor names {0}: an alias of type Host (Firewall > Aliases) follows the name where the addresses change.":
    "Der Hersteller nennt {0}: Ein Alias vom Typ Host (Firewall > Aliases) folgt dem Namen, wenn die Adressen wechseln.",
  "The vendor names {0}: these rules hold addresses only, so look the name up again where they change.":
    "Der Hersteller nennt {0}: Diese Regeln kennen nur Adressen; den Namen erneut auflösen, wenn sie wechseln.",
  "Then remove the rules that let it in, if they serve nothing else: {0} -t nat -S PREROUTING, {1} -S {2}.":
    "Danach die Regeln entfernen, die den Verkehr hereinlassen, falls sie nichts anderem dienen: {0} -t nat -S PREROUTING, {1} -S {2}.",
  "Undo: the same lines with -D {0} in place of -I {1} 1.": "Rückgängig: dieselben Zeilen mit -D {0} statt -I {1} 1.",
  "Where a virtual IP maps to {0}, dstaddr is that virtual IP.":
    "Bildet eine Virtual IP auf {0} ab, ist dstaddr diese Virtual IP.",
  "Where telephones and users come in by {0} too, a rule before it must let them pass.":
    "Kommen auch Telefone und Benutzer über {0}, muss sie davor eine Regel durchlassen.",
  "Whoever may come from outside on these ports (the provider, say) needs a rule before it that lets them pass.":
    "Wer auf diesen Ports von außen kommen darf (etwa der Provider), braucht davor eine Regel, die ihn durchlässt.",
  "With nftables (usually table inet filter; see nft list ruleset):":
    "Mit nftables (meist Tabelle inet filter; siehe nft list ruleset):",
  "With ufw (where it skips an existing rule, the same line without prepend changes that one):":
    "Mit ufw (überspringt es eine vorhandene Regel, ändert dieselbe Zeile ohne prepend diese):",
  "interface assigned to {0}": "Schnittstelle mit der Zuordnung {0}",
  "rid {0}": "rid {0}",
  "the log does not name it": "das Protokoll nennt sie nicht",
  "tracking id {0}": "Tracking-ID {0}",
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
  "The new policy's number stands in:": "Die Nummer der neuen Regel steht in:",
  "Some of it came in at {0}: do the same there.": "Ein Teil davon kam über {0} herein: dort ebenso verfahren.",
  "On {0}, if the log is that machine's:": "Auf {0}, wenn das Protokoll von diesem Rechner ist:",
  "On the other machine, if it is its log:": "Auf dem anderen Rechner, wenn das Protokoll von diesem ist:",
  "Move it before those that decided ({0}):": "Sie vor die Regeln verschieben, die entschieden haben ({0}):",
  "<number of the first of them>": "<Nummer der ersten von ihnen>",
  "Move it before the one that decided:": "Sie vor die Regel verschieben, die entschieden hat:",
  "Each line goes before those above it: the provider comes in, and nobody else.":
    "Jede Zeile kommt vor die über ihr: Der Provider kommt herein, sonst niemand.",
  "Each line goes before those above it: the provider comes in, and the inside ({0}), which comes by the same interface, and nobody else.":
    "Jede Zeile kommt vor die über ihr: Der Provider kommt herein und das Innere ({0}), das über dieselbe Schnittstelle kommt, sonst niemand.",
  "Put in the provider's addresses:": "Adressen des Providers einsetzen:",
  "Undo: the same lines with -D {0} in place of -I {1} 1; nft -a list chain inet filter {2}, then nft delete rule inet filter {3} handle <its number>; ufw with delete in place of prepend.":
    "Rückgängig: dieselben Zeilen mit -D {0} statt -I {1} 1; nft -a list chain inet filter {2}, dann nft delete rule inet filter {3} handle <ihre Nummer>; ufw mit delete statt prepend.",
  "Firewall > Aliases: an alias of type Network with {0}.": "Firewall > Aliases: ein Alias vom Typ Network mit {0}.",
  "- {0} {1}, source {2}, destination {3}, port {4}": "- {0} {1}, Quelle {2}, Ziel {3}, Port {4}",
  "Several addresses or ports: put them into an alias (Firewall > Aliases).":
    "Mehrere Adressen oder Ports in einem Alias zusammenfassen (Firewall > Aliases).",
  "The rules are firewalld's, which refuse what another table accepts:":
    "Die Regeln sind die von firewalld und weisen ab, was eine andere Tabelle annimmt:",
  "firewall-cmd --permanent --new-policy {0}      # once": "firewall-cmd --permanent --new-policy {0}      # einmal",
  "Check: the log has lines with ringfence-accept.": "Kontrolle: Das Protokoll enthält Zeilen mit ringfence-accept.",
  "Undo: firewall-cmd --permanent --delete-policy {0}; firewall-cmd --reload.":
    "Rückgängig: firewall-cmd --permanent --delete-policy {0}; firewall-cmd --reload.",
  "The rules are firewalld's, which refuse what another table accepts: there a policy must let it pass (firewall-cmd --policy, --add-rich-rule), as the finding of the requirement says.":
    "Die Regeln sind die von firewalld und weisen ab, was eine andere Tabelle annimmt: Dort muss eine Policy es durchlassen (firewall-cmd --policy, --add-rich-rule), wie der Befund der Anforderung sagt.",
};
