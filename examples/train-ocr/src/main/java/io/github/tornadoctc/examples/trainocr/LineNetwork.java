package io.github.tornadoctc.examples.trainocr;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;

/**
 * A convolutional network from lines {@code [B][1][24][W]} to logits {@code [B][W/2][V]}. Rows are halved until one is left,
 * columns once: the narrowest characters, of which two may be alike with a blank between, are five pixels wide.
 */
final class LineNetwork {
    /** Columns of the image that become one frame. */
    static final int PIXELS_OF_A_FRAME = 2;

    /** Of the first layer. */
    private static final int CHANNELS = 24;
    /** Frames that the last convolution sees at once. */
    private static final int CONTEXT = 5;

    private LineNetwork() {}

    /** A network of V symbols, without weights. */
    static Block create(int symbols) {
        return new SequentialBlock()
                .add(layer(CHANNELS, 1))
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(layer(2 * CHANNELS, 1))
                .add(Pool.maxPool2dBlock(new Shape(2, 1), new Shape(2, 1)))
                .add(layer(3 * CHANNELS, 1))
                .add(Pool.maxPool2dBlock(new Shape(2, 1), new Shape(2, 1)))
                .add(layer(4 * CHANNELS, 0))
                .add(list -> new NDList(list.singletonOrThrow().squeeze(2))) // the row that is left
                .add(Conv1d.builder()
                        .setFilters(4 * CHANNELS)
                        .setKernelShape(new Shape(CONTEXT))
                        .optPadding(new Shape(CONTEXT / 2))
                        .build())
                .add(Activation.reluBlock())
                .add(list -> new NDList(list.singletonOrThrow().transpose(0, 2, 1)))
                .add(Linear.builder().setUnits(symbols).build());
    }

    /** The shape of any input, for the network to be initialised. */
    static Shape inputShape() {
        return new Shape(1, 1, LineImage.HEIGHT, 4 * LineImage.HEIGHT);
    }

    private static Block layer(int filters, int rowsOfPadding) {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setFilters(filters)
                        .setKernelShape(new Shape(3, 3))
                        .optPadding(new Shape(rowsOfPadding, 1))
                        .optBias(false)
                        .build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock());
    }
}
