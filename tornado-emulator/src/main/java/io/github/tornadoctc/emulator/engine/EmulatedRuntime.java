package io.github.tornadoctc.emulator.engine;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/** The emulator as a runtime with one backend of one device. */
public final class EmulatedRuntime implements TornadoRuntime, TornadoBackend {
    public static final EmulatedRuntime INSTANCE = new EmulatedRuntime();

    private EmulatedRuntime() {}

    @Override
    public TornadoBackend getBackend(int index) {
        if (index != 0) {
            throw new TornadoBackendNotFound("there is no backend " + index + ", only 0, the emulator");
        }
        return this;
    }

    @Override
    public TornadoVMBackendType getBackendType(int index) {
        return getBackend(index).getBackendType();
    }

    @Override
    public void setDefaultBackend(int index) {
        getBackend(index);
    }

    @Override
    public int getNumBackends() {
        return 1;
    }

    @Override
    public TornadoDevice getDefaultDevice() {
        return EmulatedDevice.INSTANCE;
    }

    @Override
    public boolean isProfilerEnabled() {
        return false;
    }

    @Override
    public void setDefaultDevice(int index) {
        getDevice(index);
    }

    @Override
    public int getNumDevices() {
        return 1;
    }

    @Override
    public TornadoDevice getDevice(int index) {
        if (index != 0) {
            throw new TornadoDeviceNotFound("there is no device " + index + ", only 0, the emulator");
        }
        return EmulatedDevice.INSTANCE;
    }

    @Override
    public List<TornadoDevice> getAllDevices() {
        return List.of(EmulatedDevice.INSTANCE);
    }

    @Override
    public TornadoDeviceType getTypeDefaultDevice() {
        return EmulatedDevice.INSTANCE.getDeviceType();
    }

    @Override
    public String getName() {
        return EmulatedDevice.NAME;
    }

    @Override
    public int getNumPlatforms() {
        return 1;
    }

    @Override
    public TornadoVMBackendType getBackendType() {
        return TornadoVMBackendType.JAVA;
    }
}
