using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Backends;

namespace VideoGen.Api.Studio;

/// <summary>
/// The page, with the values that it needs before its first paint: the maximum picture size, whether videos are previews, and
/// whether there are several models (<c>unknown</c> if only the silos know). This avoids layout shifts later.
/// </summary>
internal sealed class StudioPage
{
    private const string Name = "index.html";

    public StudioPage(StudioFiles files, IOptions<UploadOptions> uploads, IServiceProvider services)
    {
        var backends = services.GetService<IVideoBackends>();    // missing in the API process of a cluster
        var text = files.Find(Name)!.Text
            .Replace("{maxUploadBytes}", uploads.Value.MaxUploadBytes.ToString(CultureInfo.InvariantCulture))
            .Replace("{films}", backends is null ? "unknown"
                : backends.Of(backends.Default).Traits.IsPreview ? "preview" : "model")
            .Replace("{models}", backends is null ? "unknown" : backends.Models.Count > 1 ? "many" : "one");
        Current = new StudioFile(Name, Encoding.UTF8.GetBytes(text));
    }

    public StudioFile Current { get; }
}
