/// Who may call: the client token and the browser's origin.
@NullMarked
package dev.minimalchat.gateway.access;

import org.jspecify.annotations.NullMarked;
