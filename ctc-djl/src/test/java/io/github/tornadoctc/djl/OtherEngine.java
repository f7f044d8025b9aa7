package io.github.tornadoctc.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Proxy;

/** An engine of DJL that is not PyTorch, and whose arrays know no more than that. */
final class OtherEngine extends Engine {

    /** An array of it. */
    static NDArray array() {
        NDManager manager = (NDManager) Proxy.newProxyInstance(
                OtherEngine.class.getClassLoader(),
                new Class<?>[] {NDManager.class},
                (proxy, method, args) -> new OtherEngine());
        return (NDArray) Proxy.newProxyInstance(
                OtherEngine.class.getClassLoader(), new Class<?>[] {NDArray.class}, (proxy, method, args) -> manager);
    }

    @Override
    public Engine getAlternativeEngine() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getEngineName() {
        return "Other";
    }

    @Override
    public int getRank() {
        return 0;
    }

    @Override
    public String getVersion() {
        return "0";
    }

    @Override
    public boolean hasCapability(String capability) {
        return false;
    }

    @Override
    public Model newModel(String name, Device device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDManager newBaseManager() {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDManager newBaseManager(Device device) {
        throw new UnsupportedOperationException();
    }
}
