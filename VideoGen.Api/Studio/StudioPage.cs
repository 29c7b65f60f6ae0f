using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Backends;

namespace VideoGen.Api.Studio;

/// <summary>
/// The page with what it must know before its first paint written into it: how large a picture may be, and whether films are
/// previews (<c>unknown</c> where only the silos know). So nothing moves when that becomes known later.
/// </summary>
internal sealed class StudioPage
{
    private const string Name = "index.html";

    private readonly IVideoBackends? _backends;
    private readonly StudioFile _previews;
    private readonly StudioFile _models;
    private readonly StudioFile _unknown;

    public StudioPage(StudioFiles files, IOptions<UploadOptions> uploads, IServiceProvider services)
    {
        _backends = services.GetService<IVideoBackends>();    // not there in an API of a cluster
        var template = files.Find(Name)!.Text.Replace(
            "{maxUploadBytes}", uploads.Value.MaxUploadBytes.ToString(CultureInfo.InvariantCulture));
        _previews = Render("preview");
        _models = Render("model");
        _unknown = Render("unknown");

        StudioFile Render(string videos) => new(Name, Encoding.UTF8.GetBytes(template.Replace("{films}", videos)));
    }

    public StudioFile Current => _backends?.Current.Traits switch
    {
        null => _unknown,
        { IsPreview: true } => _previews,
        _ => _models,
    };
}
