using System.Xml.Linq;

namespace VideoGen.Silo.Tests.Deployment;

/// <summary>The image files, which nothing builds here.</summary>
public sealed class ImageTests
{
    [Theory]
    [InlineData("deploy/silo.Dockerfile", "VideoGen.Silo")]
    [InlineData("deploy/api.Dockerfile", "VideoGen.Api")]
    [InlineData("deploy/space/Dockerfile", "VideoGen.Api")]
    public void An_image_is_built_from_every_project_that_its_program_refers_to(string image, string program)
    {
        var lines = File.ReadAllLines(Repository.PathOf(image));
        var copied = lines
            .Where(line => line.StartsWith("COPY VideoGen.", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1]);

        Assert.Equal(Needed(program).Order(), copied.Order());
        Assert.Contains($"ENTRYPOINT [\"dotnet\", \"{program}.dll\"]", lines);
    }

    private static HashSet<string> Needed(string project)
    {
        HashSet<string> needed = [project];
        var file = XDocument.Load(Repository.PathOf($"{project}/{project}.csproj"));
        foreach (var reference in file.Descendants("ProjectReference"))
        {
            needed.UnionWith(Needed(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Split('\\')[^1])));
        }

        return needed;
    }
}
