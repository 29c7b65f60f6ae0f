using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Silo.Imaging;

namespace VideoGen.Silo.Tests.Imaging;

public sealed class ImagingRegistrationTests
{
    [Fact]
    public async Task Settings_reach_the_intake()
    {
        using var host = Compose("MinSide", "300");
        await host.StartAsync();

        var outcome = await host.Services.GetRequiredService<IImageIntake>().AcceptAsync(Pictures.Scene().Save("png"), default);

        Assert.Equal("image_too_small", Assert.IsType<IntakeOutcome.Refused>(outcome).Code);
    }

    [Theory]
    [InlineData("MaxConcurrent", "0")]
    [InlineData("MaxPixels", "2000000000")]
    [InlineData("JpegQuality", "101")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string field, string value)
    {
        using var host = Compose(field, value);

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
    }

    private static IHost Compose(string field, string value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{ImagingOptions.Section}:{field}"] = value;
        builder.Services.AddImaging().AddLogging();
        return builder.Build();
    }
}
