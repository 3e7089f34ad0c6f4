/// Serves the built page, its security headers and its `config.json`.
@NullMarked
package dev.minimalchat.gateway.page;

import org.jspecify.annotations.NullMarked;
