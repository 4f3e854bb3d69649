iptables -P INPUT DROP
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -i wan20 -m conntrack --ctstate DNAT -j LOG --log-prefix "forwards-accept: "
iptables -A FORWARD -i wan20 -m conntrack --ctstate DNAT -j ACCEPT
iptables -A FORWARD -i dmz20 -o wan20 -j LOG --log-prefix "pbx-accept: "
iptables -A FORWARD -i dmz20 -o wan20 -j ACCEPT
iptables -A FORWARD -j LOG --log-prefix "forward-drop: "
iptables -A INPUT -j LOG --log-prefix "input-drop: "
iptables -t nat -A POSTROUTING -o wan20 -j MASQUERADE
iptables -t nat -A PREROUTING -i wan20 -d 198.51.100.20 -p udp -m multiport --dports 5060,5064:5127 -j DNAT --to-destination 10.20.1.10
