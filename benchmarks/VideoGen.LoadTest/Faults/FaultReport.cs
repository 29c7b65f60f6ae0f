using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;

namespace VideoGen.LoadTest.Faults;

/// <summary>Prints the verdict line by line, and whatever is known about the orders that speak against it.</summary>
internal static class FaultReport
{
    private const int MostComplaints = 10;
    private const int MostLines = 40;

    /// <exception cref="InvalidOperationException">Not all points hold.</exception>
    public static void Print(IReadOnlyList<Point> points, IReadOnlyList<Story> stories, Deployment deployment)
    {
        foreach (var point in points)
        {
            Report.Say($"{(point.Against.Count == 0 ? "ok   " : "WRONG")} {point.Text}");
            foreach (var complaint in point.Against.Take(MostComplaints))
            {
                Report.Say($"      {complaint}");
            }
        }

        if (points.All(point => point.Against.Count == 0))
        {
            return;
        }

        foreach (var story in stories.Where(story => points.Any(point => point.Against.Any(Names(story)))).Take(MostComplaints))
        {
            Tell(story, deployment);
        }

        var broken = points.Count(point => point.Against.Count > 0);
        throw new InvalidOperationException($"{broken} of {points.Count} points do not hold.");
    }

    private static Func<string, bool> Names(Story story) =>
        complaint => complaint.StartsWith(story.ToString(), StringComparison.Ordinal);

    private static void Tell(Story story, Deployment deployment)
    {
        Report.Say($"\n{story}");
        foreach (var line in story.Log)
        {
            Report.Say($"  {line.At:HH:mm:ss.fff} {line.Attempt} {line.Kind}: {line.Message}");
        }

        foreach (var submit in story.Submits)
        {
            Report.Say($"  {submit.At:HH:mm:ss.fff} at the stand-in: {submit.Fate}, {submit.Phase}");
        }

        foreach (var line in story.Id.Length == 0 ? [] : deployment.LinesAbout(story.Id).TakeLast(MostLines))
        {
            Report.Say($"  > {line}");
        }
    }
}
