package io.github.tornadoctc;

import static java.util.stream.Collectors.toCollection;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A module of this build, by its directory below the root, such as {@code examples/ocr}: what it has and needs. */
record MavenModule(String name) {
    private static final Path ROOT = Path.of("..");
    /** Those of {@code src/peers} are compiled by a profile only, those of {@code src/libtorch} into an example. */
    private static final List<String> SOURCES = List.of("src/main/java", "src/peers/java", "src/libtorch/java");

    private static final Set<String> SCOPES_THAT_STAY_HERE = Set.of("test", "provided");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{(.+)}");

    /** The modules that have code of ours other than tests, those of profiles included, in the order of the root's {@code pom.xml}. */
    static List<MavenModule> all() {
        return texts(ROOT, "/project//modules/module").stream()
                .map(MavenModule::new)
                .filter(module -> !module.packages().isEmpty())
                .toList();
    }

    /** Where Maven compiles to; ArchUnit reads it from there, whatever this test's class path is made of. */
    Path classes() {
        return directory().resolve("target/classes");
    }

    /** Whether it is compiled: a module of a profile may not be. */
    boolean isCompiled() {
        return Files.isDirectory(classes());
    }

    /** The name of its artifact. */
    String artifact() {
        return texts(directory(), "/project/artifactId").getFirst();
    }

    /** The packages it has sources in. */
    Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        for (String sources : SOURCES) {
            Path root = directory().resolve(sources);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                            .map(file -> root.relativize(file.resolveSibling("")))
                            .map(directory -> directory.toString().replace(File.separatorChar, '.'))
                            .forEach(packages::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return packages;
    }

    /**
     * The artifacts that come along, as {@code name} or {@code name (optional)}: dependencies of the scopes compile and
     * runtime, those of any profile and of the root's {@code pom.xml} included.
     */
    Set<String> dependencies() {
        return Stream.of(ROOT, directory())
                .flatMap(directory -> nodes(directory, "/project//dependencies/dependency").stream()
                        .filter(dependency -> isShipped(directory, dependency)))
                .map(dependency -> text(dependency, "artifactId")
                        + (text(dependency, "optional").equals("true") ? " (optional)" : ""))
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isShipped(Path directory, Node dependency) {
        Node owner = dependency.getParentNode().getParentNode();
        if (!Set.of("project", "profile").contains(owner.getNodeName())) {
            return false; // managed, or a plugin's
        }
        return scopes(directory, text(dependency, "scope")).stream()
                .anyMatch(scope -> !SCOPES_THAT_STAY_HERE.contains(scope));
    }

    /** A scope, or every value that any profile gives the property that it is. */
    private static List<String> scopes(Path directory, String scope) {
        Matcher property = PROPERTY.matcher(scope);
        return property.matches() ? texts(directory, "//properties/" + property.group(1)) : List.of(scope);
    }

    private Path directory() {
        return ROOT.resolve(name);
    }

    private static List<String> texts(Path directory, String path) {
        return nodes(directory, path).stream().map(Node::getTextContent).toList();
    }

    private static String text(Node node, String path) {
        try {
            return xpath().evaluate(path, node).strip();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private static List<Node> nodes(Path directory, String path) {
        Path pom = directory.resolve("pom.xml");
        try {
            Node root =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            NodeList found = (NodeList) xpath().evaluate(path, root, XPathConstants.NODESET);
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                nodes.add(found.item(i));
            }
            return nodes;
        } catch (IOException | SAXException | ParserConfigurationException | XPathExpressionException e) {
            throw new IllegalStateException("%s cannot be read for %s".formatted(pom, path), e);
        }
    }

    private static XPath xpath() {
        return XPathFactory.newInstance().newXPath();
    }

    @Override
    public String toString() {
        return name;
    }
}
