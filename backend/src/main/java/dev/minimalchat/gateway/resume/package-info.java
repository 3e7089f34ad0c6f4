/// Answers that outlive a connection: their text is kept for a short time, so that the client can
/// come back and read on.
@NullMarked
package dev.minimalchat.gateway.resume;

import org.jspecify.annotations.NullMarked;
