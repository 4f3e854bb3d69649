iptables -P INPUT DROP
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -i lan20 -o dmz20 -p udp -j ACCEPT
iptables -A FORWARD -i dmz20 -j ACCEPT
iptables -A FORWARD -j LOG --log-prefix "forward-drop: "
iptables -A INPUT -j LOG --log-prefix "input-drop: "
iptables -t nat -A POSTROUTING -o wan20 -j MASQUERADE
iptables -t mangle -A PREROUTING -p udp -j LOG --log-prefix "before-accept: "
iptables -t mangle -A POSTROUTING -p udp -j TOS --set-tos 0
iptables -t mangle -A POSTROUTING -p udp -j LOG --log-prefix "behind-accept: "
