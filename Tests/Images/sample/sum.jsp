<%@ page contentType="text/plain" %>6 times 7 is <%= 6 * 7 %>
