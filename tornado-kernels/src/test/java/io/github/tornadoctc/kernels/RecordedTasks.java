package io.github.tornadoctc.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task11;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task12;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task14;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task17;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task5;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A graph that is never run itself: its tasks are, one by one, with every array on the host before and after. It knows tasks
 * of as many arguments as those of a loss have.
 */
final class RecordedTasks extends TaskGraph {
    private final List<Step> steps = new ArrayList<>();

    /** A task, with its arguments. */
    record Step(String id, List<Object> arguments, UnaryOperator<TaskGraph> task) {
        /** A graph of this task alone. */
        TaskGraph alone(String graphName) {
            Object[] arrays = arguments.stream()
                    .filter(argument -> argument instanceof TornadoNativeArray)
                    .toArray();
            TaskGraph graph = new TaskGraph(graphName).transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays);
            return task.apply(graph).transferToHost(DataTransferMode.EVERY_EXECUTION, arrays);
        }
    }

    RecordedTasks(String name) {
        super(name);
    }

    List<Step> steps() {
        return steps;
    }

    private TaskGraph add(String id, UnaryOperator<TaskGraph> task, Object... arguments) {
        steps.add(new Step(id, Arrays.asList(arguments), task));
        return this;
    }

    @Override
    public <A, B, C, D, E> TaskGraph task(String id, Task5<A, B, C, D, E> code, A a, B b, C c, D d, E e) {
        UnaryOperator<TaskGraph> task = graph -> graph.task(id, code, a, b, c, d, e);
        return add(id, task, a, b, c, d, e);
    }

    @Override
    public <A, B, C, D, E, F, G> TaskGraph task(
            String id, Task7<A, B, C, D, E, F, G> code, A a, B b, C c, D d, E e, F f, G g) {
        UnaryOperator<TaskGraph> task = graph -> graph.task(id, code, a, b, c, d, e, f, g);
        return add(id, task, a, b, c, d, e, f, g);
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K> TaskGraph task(
            String id,
            Task11<A, B, C, D, E, F, G, H, I, J, K> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k) {
        UnaryOperator<TaskGraph> task = graph -> graph.task(id, code, a, b, c, d, e, f, g, h, i, j, k);
        return add(id, task, a, b, c, d, e, f, g, h, i, j, k);
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K, L> TaskGraph task(
            String id,
            Task12<A, B, C, D, E, F, G, H, I, J, K, L> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l) {
        UnaryOperator<TaskGraph> task = graph -> graph.task(id, code, a, b, c, d, e, f, g, h, i, j, k, l);
        return add(id, task, a, b, c, d, e, f, g, h, i, j, k, l);
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K, L, M, N> TaskGraph task(
            String id,
            Task14<A, B, C, D, E, F, G, H, I, J, K, L, M, N> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l,
            M m,
            N n) {
        UnaryOperator<TaskGraph> task = graph -> graph.task(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n);
        return add(id, task, a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q> TaskGraph task(
            String id,
            Task17<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l,
            M m,
            N n,
            O o,
            P p,
            Q q) {
        UnaryOperator<TaskGraph> task =
                graph -> graph.task(id, code, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q);
        return add(id, task, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q);
    }
}
