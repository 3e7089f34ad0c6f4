/// Serves the built page, and tells it where its gateway is.
@NullMarked
package dev.minimalchat.gateway.page;

import org.jspecify.annotations.NullMarked;
