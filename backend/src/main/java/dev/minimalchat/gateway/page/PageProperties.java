package dev.minimalchat.gateway.page;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param serve whether this gateway also serves the page
@ConfigurationProperties("minimalchat.page")
record PageProperties(boolean serve) {}
