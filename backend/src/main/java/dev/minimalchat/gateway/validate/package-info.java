/// Proves a deployed gateway and its page from outside, as an operator would by hand. Runs instead
/// of the gateway, and knows of it only what is public.
@NullMarked
package dev.minimalchat.gateway.validate;

import org.jspecify.annotations.NullMarked;
