iptables -P INPUT DROP
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -i lan20 -o dmz20 -p udp --dport 5060 -j LOG --log-prefix "phones-accept: "
iptables -A FORWARD -i lan20 -o dmz20 -p udp --dport 5060 -j ACCEPT
iptables -A FORWARD -j LOG --log-prefix "forward-drop: "
iptables -A INPUT -j LOG --log-prefix "input-drop: "
iptables -t nat -A POSTROUTING -o wan20 -j MASQUERADE
