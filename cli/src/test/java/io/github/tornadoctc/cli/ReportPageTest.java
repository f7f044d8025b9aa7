package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser, as wide as a phone; skipped where there is none. */
class ReportPageTest {
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    /** Before the page's own script: notes what goes wrong. */
    private static final String LISTENER =
            """
            <script>
            addEventListener('error', e => document.documentElement.dataset.error = e.message);
            addEventListener('securitypolicyviolation',
                e => document.documentElement.dataset.error = 'policy: ' + e.blockedURI);
            </script>
            """;
    /** After it: notes what a reader would see, and tells the page around it, if there is one. */
    private static final String PROBE =
            """
            <script>
            {
              const noted = document.documentElement.dataset;
              document.querySelectorAll('details').forEach(each => each.open = true);
              noted.innerWidth = innerWidth;
              noted.scrollWidth = document.documentElement.scrollWidth;
              noted.overflowing = [...document.querySelectorAll('.table, figure, td')]
                  .filter(each => each.scrollWidth > each.clientWidth + 1).length;
              noted.canvases = document.querySelectorAll('canvas').length;
              noted.drawn = document.querySelectorAll('canvas[data-drawn]').length;
              const canvas = document.querySelector('canvas');
              const box = canvas.getBoundingClientRect();
              canvas.dispatchEvent(new PointerEvent('pointermove', {
                clientX: box.left + (2.5 / canvas.width) * box.width,
                clientY: box.top + (3.5 / canvas.height) * box.height}));
              noted.readout = canvas.closest('figure').querySelector('output').textContent;
              parent.postMessage({...noted}, '*');
            }
            </script>
            """;
    /** A window is at least 500 pixels wide, a frame in it is as narrow as a phone. */
    private static final String FRAME =
            """
            <!DOCTYPE html>
            <html>
            <script>addEventListener('message', e => Object.assign(document.documentElement.dataset, e.data))</script>
            <iframe src="probed.html" style="border: 0; width: 390px; height: 844px"></iframe>
            </html>
            """;

    @TempDir
    Path work;

    private Path report;

    @BeforeEach
    void compare() throws IOException {
        Path file = work.resolve("<b>.npz");
        BatchFile.write(file, new CtcShape("small", 6, 3, 4, 2).randomBatch(1));
        WrongProvider.make((batch, result) -> {
            long index = batch.rowOffset(2, 1) + 3;
            float right = result.gradient().getAtIndex(ValueLayout.JAVA_FLOAT, index);
            result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, index, right + 0.5f);
        });
        report = work.resolve("report");
        Ran ran = ctc(
                "compare",
                file,
                "--shapes",
                "A",
                "--sweep",
                "T=20..80",
                "--steps",
                4,
                "--backend",
                "wrong,cpu",
                "--seconds",
                0.001,
                "--report",
                report);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.COMPARISON_FAILED);
    }

    @AfterEach
    void makeNoMistake() {
        WrongProvider.make(null);
    }

    @Test
    void aPhoneShowsAllOfItWithoutScrollingSideways() throws IOException, InterruptedException {
        Chromium chromium = chromium();
        Path page = report.resolve("index.html");
        Path screenshot = Path.of("target", "report-phone.png");
        chromium.screenshot(page, work, PHONE_WIDTH, PHONE_HEIGHT, screenshot);

        String text = Files.readString(page);
        Path probed = Files.writeString(
                report.resolve("probed.html"),
                text.replace("<title>", LISTENER + "<title>").replace("</body>", PROBE + "</body>"));
        Path framed = Files.writeString(report.resolve("framed.html"), FRAME);
        String phone = chromium.dom(framed, work);
        assertThat(noted(phone, "inner-width")).isEqualTo("" + PHONE_WIDTH);
        assertThat(noted(phone, "scroll-width")).isEqualTo("" + PHONE_WIDTH);
        assertThat(noted(phone, "overflowing")).isEqualTo("0");

        String dom = chromium.dom(probed, work);
        assertThat(dom + phone).doesNotContain("data-error=");
        // two backends on a file, a shape and four points of a sweep
        assertThat(noted(dom, "canvases")).isEqualTo("12");
        assertThat(noted(dom, "drawn")).isEqualTo("12");
        assertThat(noted(dom, "readout")).isEqualTo("t = 2, v = 3: error about 5.0e-1");
        assertThat(dom)
                .contains("CTC comparison <span class=\"verdict failed\">failed</span>")
                .contains("&lt;b&gt;.npz: wrong: gradient[t=2][b=1][v=3] = ")
                .contains("utterance 1, frame 2, symbol 3")
                .contains("Sweep of T");
    }

    private static Chromium chromium() {
        Optional<Chromium> chromium = Chromium.find();
        if (chromium.isEmpty()) {
            String reason = "the report is not looked at: there is no chromium on the PATH";
            System.err.println(reason);
            abort(reason);
        }
        return chromium.orElseThrow();
    }

    private static String noted(String dom, String name) {
        Matcher matcher =
                Pattern.compile("<html[^>]* data-" + name + "=\"([^\"]*)\"").matcher(dom);
        return matcher.find() ? matcher.group(1) : "nothing";
    }
}
