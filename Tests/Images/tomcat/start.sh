#!/bin/sh
# Starts Tomcat in the foreground, with the folder above this one as its base.
CATALINA_BASE=$(dirname "$(dirname "$(readlink -f "$0")")")
export CATALINA_BASE
export CATALINA_HOME=/usr/share/tomcat10
export JAVA_HOME=/usr/lib/jvm/default-java
exec "$CATALINA_HOME/bin/catalina.sh" run
