using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Tests.Backends.LocalRenders;

namespace VideoGen.Silo.Tests.Backends;

public sealed class OlderSettingsTests
{
    private const string Endpoint = "VideoGen:HuggingFace:EndpointUrl";
    private const string Backend = "VideoGen:Inference:Backend";

    [Theory]
    [InlineData("auto", null, null, "preview")]
    [InlineData("auto", "hf_x", null, "huggingface")]
    [InlineData("auto", null, "https://endpoint.example", "endpoint")]
    [InlineData("auto", "hf_x", "https://endpoint.example", "endpoint")]
    [InlineData("preview", "hf_x", "https://endpoint.example", "preview")]
    [InlineData("huggingface", "hf_x", "https://endpoint.example", "huggingface")]
    [InlineData("endpoint", "hf_x", "https://endpoint.example", "endpoint")]
    [InlineData("auto", "  ", "", "preview")]
    public void The_settings_choose_the_backend(string backend, string? token, string? endpoint, string expected)
    {
        using var services = Build(new() { [Backend] = backend, ["HF_TOKEN"] = token, [Endpoint] = endpoint });

        Assert.Equal(expected, services.GetRequiredService<IVideoBackends>().Default.Upstream);
    }

    [Fact]
    public void The_other_name_of_the_token_is_accepted_and_the_first_one_wins()
    {
        var other = new HubTokens(Configuration(new() { ["HUGGING_FACE_TOKEN"] = "hf_b" }), HubTokens.Common);
        var both = new HubTokens(
            Configuration(new() { ["HUGGING_FACE_TOKEN"] = "hf_b", ["HF_TOKEN"] = " hf_a\n" }), HubTokens.Common);

        Assert.Equal("hf_b", other.Current?.Value);
        Assert.Equal("hf_a", both.Current?.Value);
        Assert.Equal("hf_b", both.Find(other.Current!.Fingerprint)?.Value);
    }

    [Theory]
    [InlineData("huggingface", "HF_TOKEN")]
    [InlineData("endpoint", "EndpointUrl")]
    [InlineData("replicate", "must be auto, huggingface, endpoint or preview")]
    public void A_backend_that_cannot_run_stops_the_start_with_a_sentence(string backend, string says)
    {
        using var services = Build(new() { [Backend] = backend });

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VideoGen:HuggingFace:Provider", "replicate", "must be auto, fal-ai")]
    [InlineData("VideoGen:HuggingFace:Model", "svd", "model id")]
    [InlineData("VideoGen:HuggingFace:RouterUrl", "/router", "RouterUrl must be an http or https address")]
    [InlineData("VideoGen:HuggingFace:EndpointUrl", "ftp://x", "EndpointUrl must be an http or https address")]
    [InlineData("VideoGen:HuggingFace:BillTo", "a b", "BillTo must be")]
    [InlineData("VideoGen:HuggingFace:SubmitTimeout", "00:00:00", "SubmitTimeout")]
    public void A_wrong_setting_stops_the_start_and_is_named(string key, string value, string says)
    {
        using var services = Build(new() { [key] = value });

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_with_blanks_stops_the_start_without_being_shown()
    {
        using var services = Build(new() { ["HF_TOKEN"] = "hf_se cret" });

        var error = Assert.Throws<StartupException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("HF_TOKEN", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_attempt_finds_its_backend_unless_the_settings_lost_it()
    {
        using var services = Build(new() { ["HF_TOKEN"] = "hf_x" });
        var backends = services.GetRequiredService<IVideoBackends>();

        Assert.Equal("huggingface", backends.Default.Upstream);
        Assert.Equal("preview", backends.Find("preview")?.Name);
        Assert.Null(backends.Find("endpoint"));
        Assert.Null(backends.Find("unheard-of"));
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Configuration(settings));
        services.AddSingleton<IMediaStore>(new MemoryMediaStore());
        services.AddSingleton(new BackendKind("preview", (_, upstream) => new NamedBackend(upstream.Name)));
        services.AddSingleton<IRenderSites>(new FakeSites());
        services.AddBackends();
        return services.BuildServiceProvider();
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
