using System.Globalization;
using System.Text.Json;

namespace VideoGen.LoadTest.Measuring;

/// <summary>Prints figures as tables in Markdown, and keeps them for a file in JSON.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figures> _all = [];

    /// <summary>
    /// A bare grain call in this run, at its highest rate and at half of it; other figures are printed as multiples of it.
    /// </summary>
    public IReadOnlyList<Figures> Yardsticks { get; set; } = [];

    public static void Title(string text) => Console.WriteLine($"\n## {text}\n");

    public static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The head of a table; names of columns that hold words begin with a space.</summary>
    public static void Head(params string[] columns)
    {
        Console.WriteLine($"\n| {string.Join(" | ", columns.Select(column => column.Trim()))} |");
        Console.WriteLine($"| {string.Join(" | ", columns.Select(column => column.StartsWith(' ') ? "---" : "---:"))} |");
    }

    public static void Row(params FormattableString[] cells) =>
        Console.WriteLine($"| {string.Join(" | ", cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture)))} |");

    public void Table(IReadOnlyList<Figures> rows)
    {
        _all.AddRange(rows);
        Head(
            " what", "rate/s", "p50 ms", "p99 ms", "p99.9 ms", "answers", "failed", " CPU µs each, by process",
            " allocated KB each",
            " RSS MB", " Redis commands, KB each", " bare grain calls: rate, CPU");
        foreach (var row in rows)
        {
            Row(
                $"{row.Name}", $"{row.Rate:N0}", $"{row.P50:0.0}", $"{row.P99:0.0}", $"{row.P999:0.0}", $"{row.Answers:N0}",
                $"{row.Failures:N0}", $"{row.Cpu.Values.Sum():0}: {Parts(row.Cpu)}", $"{Parts(row.Allocated)}",
                $"{Parts(row.Memory)}", $"{row.RedisCommands:0.0}, {row.RedisKilobytes:0.0}", $"{Multiples(row)}");
        }
    }

    public Task WriteAsync(string file) =>
        File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(_all, Indented));

    /// <summary>How many bare grain calls one answer is worth: by the rates of saturated machines, and by the CPU.</summary>
    private string Multiples(Figures row)
    {
        var bare = Yardsticks.FirstOrDefault(bare => row.Name.EndsWith(bare.Name.Split(", ")[^1], StringComparison.Ordinal));
        return bare is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture, $"{bare.Rate / row.Rate:0.0}, {row.Cpu.Values.Sum() / bare.Cpu.Values.Sum():0.0}");
    }

    private static string Parts(IReadOnlyDictionary<string, double> parts) => string.Join(
        " + ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value:0.#}")));
}
