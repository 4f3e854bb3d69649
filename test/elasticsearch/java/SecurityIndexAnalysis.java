import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * Stands in for the parts of the unpublished analysis-common module without which the server cannot create the index
 * that holds its API keys. The server uses them only to search users by their mail addresses.
 */
public class SecurityIndexAnalysis extends Plugin implements AnalysisPlugin {
  @Override
  public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
    return Map.of(
        "uax_url_email",
        (index, environment, name, settings) -> TokenizerFactory.newFactory(name, UAX29URLEmailTokenizer::new));
  }

  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    return Map.of(
        "unique",
        (index, environment, name, settings) -> filter(name, RemoveDuplicatesTokenFilter::new),
        "pattern_capture",
        AnalysisPlugin.requiresAnalysisSettings(
            (index, environment, name, settings) -> {
              var patterns = settings.getAsList("patterns").stream().map(Pattern::compile).toArray(Pattern[]::new);
              var preserve = settings.getAsBoolean("preserve_original", true);
              return filter(name, tokens -> new PatternCaptureGroupTokenFilter(tokens, preserve, patterns));
            }));
  }

  private static TokenFilterFactory filter(String name, UnaryOperator<TokenStream> create) {
    return new TokenFilterFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public TokenStream create(TokenStream tokens) {
        return create.apply(tokens);
      }
    };
  }
}
