package dev.minimalchat.gateway.page;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Whether there is a page here at all.
///
/// @param serve whether this gateway also serves the page
@ConfigurationProperties("page")
record PageProperties(boolean serve) {}
