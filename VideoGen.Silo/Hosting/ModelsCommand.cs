using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Preview;
using VideoGen.Silo.Media;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Hosting;

/// <summary>
/// The command <c>models</c>: lists the models of the settings with what is wrong with each. It asks the Hub, and renders
/// nothing.
/// </summary>
public static class ModelsCommand
{
    /// <summary>The first argument.</summary>
    public const string Name = "models";

    private const string Help = """
        Lists the models that requests can name, what each takes, and what is wrong with it. It reads the same settings as the
        server (docs/models.md), asks the Hugging Face Hub which providers serve a model, and renders nothing.

        Usage: models [--Name:Of:Setting value ...]

        The exit code is 1 if a setting is wrong or a model cannot be used.

        """;

    private static readonly TimeSpan DescribeTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs the command and returns the exit code of the process.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            await output.WriteAsync(Help);
            return 0;
        }

        var scratch = Directory.CreateTempSubdirectory("videogen-models-");
        try
        {
            using var host = Compose(args, scratch.FullName);
            var backends = host.Services.GetRequiredService<IVideoBackends>();
            var rows = await Task.WhenAll(backends.Models.Select(model => DescribeAsync(backends, model)));
            await WriteAsync(output, backends.Default, rows);
            return rows.Any(row => row.Problem is not null) ? 1 : 0;
        }
        catch (OptionsValidationException settings)
        {
            foreach (var failure in settings.Failures)
            {
                await error.WriteLineAsync(failure);
            }

            return 1;
        }
        catch (StartupException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return 1;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>
    /// The backends with a media store of their own: the command renders nothing, and the server's data may belong to another
    /// user.
    /// </summary>
    private static IHost Compose(string[] args, string scratch)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration["VideoGen:DataDirectory"] = scratch;
        builder.Configuration["VideoGen:Media:Store"] = "files";
        builder.AddMedia();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IRenderSites, NoSites>();
        builder.Services.AddVideoTools();
        builder.Services.AddBackends().AddPreviewBackend();
        return builder.Build();
    }

    private static async Task<Row> DescribeAsync(IVideoBackends backends, VideoModel model)
    {
        using var limit = new CancellationTokenSource(DescribeTimeout);
        try
        {
            var report = await backends.Of(model).DescribeAsync(model.Name, limit.Token);
            var problem = report.Problem ?? (report.Traits is null ? "Its upstream did not answer." : null);
            return new Row(model, report.Traits, problem);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new Row(model, null, "Its upstream did not answer in time.");
        }
    }

    private static async Task WriteAsync(TextWriter output, VideoModel chosen, Row[] rows)
    {
        foreach (var (model, traits, problem) in rows)
        {
            var mark = model.Id == chosen.Id ? " (default)" : "";
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{model.Id + mark,-24} {model.Title}, at upstream {model.Upstream}"));
            await output.WriteLineAsync($"{"",-24} {problem ?? Takes(traits!)}");
            if (!model.Fallback.IsEmpty)
            {
                await output.WriteLineAsync($"{"",-24} Falls back to {string.Join(", ", model.Fallback)}");
            }
        }
    }

    private static string Takes(ModelTraits traits)
    {
        string?[] takes =
        [
            "a picture", traits.Script ? "a script" : null, traits.Seed ? "a seed" : null,
            traits.NegativePrompt ? "a negative prompt" : null, traits.Motion ? "motion" : null,
            traits.Sound ? "a switch for sound" : null,
        ];
        var lengths = traits.Seconds.IsEmpty ? "" : $"; renders {string.Join(", ", traits.Seconds)} s";
        var profile = traits.HasProfile ? "" : "; has no profile";
        return $"Takes {string.Join(", ", takes.OfType<string>())}{lengths}{profile}";
    }

    private sealed record Row(VideoModel Model, ModelTraits? Traits, string? Problem);

    /// <summary>This process renders nothing.</summary>
    private sealed class NoSites : IRenderSites
    {
        public string Here => "";

        public Inference.LocalRenders.ILocalRenderService? Elsewhere(string site) => null;
    }
}
