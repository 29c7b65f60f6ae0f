using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Lives;

namespace VideoGen.FakeComfy.Control;

/// <summary>The control: scripts faults, changes settings and tells what happened. Faults do not strike it.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/control");
        control.MapGet("/books", GetBooks);
        control.MapDelete("/books", (ComfyBooks books) => books.Clear());
        control.MapGet("/faults", (FaultBook faults) => faults.Rules);
        control.MapPost("/faults", AddFault);
        control.MapDelete("/faults", DeleteFaults);
        control.MapGet("/settings", (ComfySettings settings) => SettingsView.Of(settings));
        control.MapPost("/settings", ChangeSettings);
        control.MapPost("/restart", Restart);
    }

    private static BooksView GetBooks(ComfyBooks books, string? @event, string? about, long after = 0, int limit = 1_000)
    {
        var lines = books.Lines.Where(line => about is null || line.IsAbout(about)).ToList();
        var counts = lines.GroupBy(line => line.Event).ToDictionary(group => NameOf(group.Key), group => group.Count());
        var asked = lines.Where(line => line.Number > after && (@event is null || NameOf(line.Event) == @event));
        return new(counts, asked.TakeLast(limit));
    }

    private static Created AddFault(FaultRule rule, FaultBook faults)
    {
        faults.Add(rule);
        return TypedResults.Created();
    }

    private static void DeleteFaults(FaultBook faults, string? fault)
    {
        if (fault is null)
        {
            faults.Clear();
            return;
        }

        foreach (var rule in faults.Rules.Where(rule => NameOf(rule.Fault) == fault))
        {
            faults.Remove(rule.Fault);
        }
    }

    private static SettingsView ChangeSettings(SettingsChange change, ComfySettings settings)
    {
        settings.Version = change.Version ?? settings.Version;
        settings.RenderTime = change.RenderSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.RenderTime;
        foreach (var (folder, files) in change.ModelFiles ?? [])
        {
            settings.SetModelFiles(folder, files);
        }

        foreach (var declaration in change.AddNodeClasses ?? [])
        {
            settings.AddNodeClass(declaration);
        }

        foreach (var name in change.RemoveNodeClasses ?? [])
        {
            settings.RemoveNodeClass(name);
        }

        return SettingsView.Of(settings);
    }

    private static Accepted Restart(HttpContext context, Life life, double seconds = 0)
    {
        // Dead before the answer: whoever has it finds nothing of the old life.
        context.Response.Headers.Connection = "close";
        life.Restart(TimeSpan.FromSeconds(seconds));
        return TypedResults.Accepted((string?)null);
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>Lines of the books, and how many there are of each kind.</summary>
internal sealed record BooksView(IReadOnlyDictionary<string, int> Counts, IEnumerable<BookLine> Lines);

/// <summary>The settings to change; those that are left out stay. A folder of model files is replaced as a whole.</summary>
internal sealed record SettingsChange(
    double? RenderSeconds, string? Version, Dictionary<string, string[]>? ModelFiles, string[]? AddNodeClasses,
    string[]? RemoveNodeClasses);

/// <summary>The settings in force.</summary>
internal sealed record SettingsView(
    double RenderSeconds, string Version, IReadOnlyDictionary<string, IReadOnlyList<string>> ModelFiles,
    IReadOnlyList<string> NodeClasses)
{
    public static SettingsView Of(ComfySettings settings) =>
        new(settings.RenderTime.TotalSeconds, settings.Version, settings.ModelFiles, settings.NodeClasses);
}
