/// Checks a deployed gateway and its page from outside. Depends on their public HTTP interface
/// only.
@NullMarked
package dev.minimalchat.validate;

import org.jspecify.annotations.NullMarked;
