using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Backends;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Preview;
using VideoGen.Silo.Media;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Hosting;

/// <summary>
/// The command <c>models</c>: lists the models of the settings with what is wrong with each, or checks one of them. It asks the
/// upstreams, and renders nothing.
/// </summary>
public static class ModelsCommand
{
    /// <summary>The first argument.</summary>
    public const string Name = "models";

    private const string Help = """
        Lists the models that requests can name, what each takes, and what is wrong with it. It reads the same settings as the
        server (docs/models.md), asks the upstreams (the Hugging Face Hub, your own servers), and renders nothing.

        Usage: models [check MODEL] [--Name:Of:Setting value ...]

        check MODEL says more about one model at each of its upstreams: for ComfyUI, where its workflow takes the values of a
        request, and which node classes and model files the server lacks.

        The exit code is 1 if a setting is wrong or a model cannot be used.

        """;

    private static readonly TimeSpan DescribeTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromMinutes(5);

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
            var check = args is ["check", var asked, ..] ? asked : null;
            using var host = Compose(check is null ? args : args[2..], scratch.FullName);
            var backends = host.Services.GetRequiredService<VideoBackends>();
            if (check is null)
            {
                var rows = await DescribeAsync(backends, backends.Models);
                await WriteAsync(output, backends.Default, rows);
                return rows.Any(row => row.Problem is not null) ? 1 : 0;
            }

            if (backends.FindModel(check) is { } model)
            {
                return await CheckAsync(backends, model, output) ? 0 : 1;
            }

            await error.WriteLineAsync(
                $"There is no model {check}. The models are {string.Join(", ", backends.Models.Select(known => known.Id))}.");
            return 1;
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

    /// <summary>Each model at each of its upstreams.</summary>
    private static Task<Row[]> DescribeAsync(VideoBackends backends, IEnumerable<VideoModel> models) => Task.WhenAll(
        models.SelectMany(model => model.Upstreams.Select(upstream =>
            DescribeAsync(backends, model with { Upstream = upstream }))));

    private static async Task<bool> CheckAsync(VideoBackends backends, VideoModel model, TextWriter output)
    {
        var rows = await DescribeAsync(backends, [model]);
        await WriteAsync(output, backends.Default, rows);
        var isUsable = rows.All(row => row.Problem is null);
        foreach (var upstream in model.Upstreams)
        {
            if (backends.Find(upstream) is IModelCheck backend)
            {
                using var limit = new CancellationTokenSource(CheckTimeout);
                var report = await backend.CheckAsync(model.Name, limit.Token);
                isUsable &= report.IsUsable;
                await output.WriteLineAsync($"{Environment.NewLine}At upstream {upstream}:");
                foreach (var line in report.Lines)
                {
                    await output.WriteLineAsync(line);
                }
            }
        }

        return isUsable;
    }

    private static async Task<Row> DescribeAsync(VideoBackends backends, VideoModel model)
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
            await output.WriteLineAsync($"{"",-24} {problem ?? TraitsText.Of(traits!)}");
            if (!model.Fallback.IsEmpty)
            {
                await output.WriteLineAsync($"{"",-24} Falls back to {string.Join(", ", model.Fallback)}");
            }
        }
    }

    private sealed record Row(VideoModel Model, ModelTraits? Traits, string? Problem);

    /// <summary>This process renders nothing.</summary>
    private sealed class NoSites : IRenderSites
    {
        public string Here => "";

        public Inference.LocalRenders.ILocalRenderService? Elsewhere(string site) => null;
    }
}
