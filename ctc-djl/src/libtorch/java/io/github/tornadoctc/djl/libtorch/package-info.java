/** PyTorch's own CTC loss, through TorchScript: what ours is held to and compared with. */
@NullMarked
package io.github.tornadoctc.djl.libtorch;

import org.jspecify.annotations.NullMarked;
